package dev.doppel.search;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;

/**
 * Divides rows among centres, each row to the closest by the metric, and moves each centre to the
 * mean of its rows (Lloyd 1982); with inner products, centres have length 1.
 */
final class KMeans {

  private static final int ROUNDS = 8;

  private final Scoring scoring;
  private final int count;
  private final float[] centres;

  private KMeans(Scoring scoring, int count) {
    this.scoring = scoring;
    this.count = count;
    centres = new float[Math.multiplyExact(count, scoring.dim)];
  }

  /**
   * The centres of a sample, as rows numbered from 0. The same sample and seed give the same.
   *
   * @param sample {@code [rows, dim]}, at least {@code count} rows
   */
  static Rows centres(Scoring scoring, int threads, float[] sample, int count, Seed seed) {
    KMeans means = new KMeans(scoring, count);
    Draws draws = seed.draws();
    int dim = scoring.dim;
    int[] chosen = draws.distinct(count, sample.length / dim);
    for (int c = 0; c < count; c++) {
      System.arraycopy(sample, chosen[c] * dim, means.centres, c * dim, dim);
      means.normalise(c);
    }
    for (int round = 0; round < ROUNDS; round++) {
      means.move(
          sample, Search.nearest(scoring, threads, new Rows[] {means.rows()}, sample), draws);
    }
    return means.rows();
  }

  private Rows rows() {
    Rows rows = Rows.withRoom(scoring.dim, count);
    for (int c = 0; c < count; c++) {
      rows = rows.append(c, centres, c * scoring.dim);
    }
    return rows;
  }

  private void move(float[] sample, int[] closest, Draws draws) {
    int dim = scoring.dim;
    int[] sizes = new int[count];
    Arrays.fill(centres, 0);
    for (int i = 0; i < closest.length; i++) {
      sizes[closest[i]]++;
      for (int d = 0, c = closest[i] * dim, p = i * dim; d < dim; d++) {
        centres[c + d] += sample[p + d];
      }
    }
    for (int c = 0; c < count; c++) {
      if (sizes[c] == 0) {
        // A centre without rows begins anew at some row.
        System.arraycopy(sample, draws.below(closest.length) * dim, centres, c * dim, dim);
      } else {
        for (int d = 0; d < dim; d++) {
          centres[c * dim + d] /= sizes[c];
        }
      }
      normalise(c);
    }
  }

  private void normalise(int c) {
    if (!(scoring.metric instanceof Metric.InnerProduct)) {
      return;
    }
    double squares = 0;
    int from = c * scoring.dim;
    for (int d = 0; d < scoring.dim; d++) {
      squares += (double) centres[from + d] * centres[from + d];
    }
    if (squares > 0) {
      float factor = (float) (1 / Math.sqrt(squares));
      for (int d = 0; d < scoring.dim; d++) {
        centres[from + d] *= factor;
      }
    }
  }
}
