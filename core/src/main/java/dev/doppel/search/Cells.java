package dev.doppel.search;

import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A division of space into cells, each all that is closest to one centre, and the rule which cells
 * a query looks into: the {@code most} closest, but none whose centre scores more than {@code gap}
 * below the closest's. Immutable.
 *
 * @param centres a row each, numbered by cell; none at all if everything is one cell
 * @param most cells at most
 * @param gap in the kernel's scores
 */
record Cells(Rows centres, int most, float gap) {

  /** Rows of the sample that a centre is the mean of, on average. */
  private static final int SAMPLE_A_CELL = 32;

  /** Rows of a cell, on average. */
  private static final int FEWEST_A_CELL = 16;

  /** Queries that the rule is fitted on. */
  private static final int TRIALS = 2000;

  /** Rows that one batch of work holds. */
  private static final int BATCH = 8192;

  /** Everything in one cell. */
  static Cells one(int dim) {
    return new Cells(Rows.empty(dim), 1, 0);
  }

  int count() {
    return Math.max(1, centres.slots());
  }

  /** The cell of each row. */
  int[] of(Scoring scoring, int threads, float[] vectors) {
    return centres.slots() == 0
        ? new int[vectors.length / scoring.dim]
        : Search.nearest(scoring, threads, new Rows[] {centres}, vectors);
  }

  /** The cells to look into for each query, closest first. */
  int[][] toProbe(Scoring scoring, int threads, float[] queries) {
    int[][] cells = new int[queries.length / scoring.dim][1];
    if (centres.slots() == 0) {
      return cells;
    }
    Best[] bests =
        Search.bests(scoring, threads, new Rows[] {centres}, queries, most, VectorIndex.ALL);
    float[] scores = new float[most];
    for (int q = 0; q < bests.length; q++) {
      int[] near = new int[bests[q].size()];
      bests[q].drainTo(near, scores);
      int count = 1;
      while (count < near.length && scores[0] - scores[count] <= gap) {
        count++;
      }
      cells[q] = Arrays.copyOf(near, count);
    }
    return cells;
  }

  /**
   * Divides what lists hold. With cells too large a query looks at too many rows, with cells too
   * small at too many centres; so their number is doubled as long as that makes the work a good
   * deal less. If none saves half of the work, everything stays one cell.
   *
   * @param recall how often the closest row is to be found
   */
  static Cells divide(Scoring scoring, int threads, Lists lists, double recall, Seed seed) {
    int[] rows = lists.rows();
    int[] order = seed.at("sample").draws().permutation(rows.length);
    int trials = Math.min(TRIALS, rows.length / 4);
    int[] asked = Arrays.stream(order, 0, trials).map(i -> rows[i]).toArray();
    Fit fit = Fit.of(scoring, threads, lists, asked);
    Cells best = one(scoring.dim);
    double least = rows.length / 2.0;
    double before = Double.POSITIVE_INFINITY;
    int largest = rows.length / FEWEST_A_CELL;
    for (int count = Math.min(largest, (int) (4 * Math.sqrt(rows.length)));
        count <= largest;
        count *= 2) {
      int sampled = Math.min(rows.length - trials, SAMPLE_A_CELL * count);
      float[] sample = gather(lists, scoring.dim, sampled, i -> rows[order[trials + i]]);
      Rows centres = KMeans.centres(scoring, threads, sample, count, seed.at("centres").at(count));
      Cells cells = fit.cells(centres, recall);
      double work = fit.work(cells, sample, rows.length);
      if (work < least) {
        best = cells;
        least = work;
      }
      if (work < 2 * count || work > 0.75 * before) {
        break; // the centres are most of it already, or smaller cells help little
      }
      before = work;
    }
    return best;
  }

  /** What lists hold, each row in its cell. */
  Lists fill(Scoring scoring, int threads, Lists from) {
    int[] rows = from.rows();
    int[] cells = new int[rows.length];
    for (int at = 0; at < rows.length; at += BATCH) {
      int first = at;
      int count = Math.min(BATCH, rows.length - at);
      float[] vectors = gather(from, scoring.dim, count, i -> rows[first + i]);
      System.arraycopy(of(scoring, threads, vectors), 0, cells, at, count);
    }
    Lists to = new Lists(scoring.dim, count());
    int[] sizes = sizes(cells, count());
    IntStream.range(0, sizes.length).forEach(cell -> to.reserve(cell, sizes[cell]));
    float[] vector = new float[scoring.dim];
    for (int i = 0; i < rows.length; i++) {
      from.get(rows[i], vector, 0);
      to.put(cells[i], rows[i], vector, 0);
    }
    return to;
  }

  static int[] sizes(int[] cells, int count) {
    int[] sizes = new int[count];
    for (int cell : cells) {
      sizes[cell]++;
    }
    return sizes;
  }

  private static float[] gather(Lists lists, int dim, int count, IntUnaryOperator row) {
    float[] vectors = new float[Math.multiplyExact(count, dim)];
    for (int i = 0; i < count; i++) {
      lists.get(row.applyAsInt(i), vectors, i * dim);
    }
    return vectors;
  }
}
