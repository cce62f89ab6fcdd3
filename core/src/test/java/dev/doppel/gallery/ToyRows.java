package dev.doppel.gallery;

import dev.doppel.model.Head;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;

/** Embeddings, enrolments and models for tests of galleries. */
public final class ToyRows {

  /** Odd, so that no loop over four numbers at a time fits. */
  public static final int DIM = 7;

  private ToyRows() {}

  /** A model by each of the heads; weighted L1 with weights of one sign and of both. */
  public static List<ModelStamp> stamps() {
    return List.of(
        stamp(new Head.Cosine()),
        stamp(new Head.Euclidean()),
        stamp(new Head.WeightedL1(new float[] {-1, -2, -0.5f, -1, -3, -1, -0.1f}, 2)),
        stamp(new Head.WeightedL1(new float[] {-1, 2, -0.5f, 1, -3, 1, -0.1f}, -1)));
  }

  public static ModelStamp stamp(Head head) {
    return new ModelStamp("toy-" + head.name(), "f0" + head.name(), DIM, head);
  }

  /** Numbers around zero, not of unit length. */
  public static float[] row(Seed seed) {
    Draws draws = seed.draws();
    float[] row = new float[DIM];
    for (int k = 0; k < DIM; k++) {
      row[k] = (float) draws.between(-1, 1);
    }
    return row;
  }

  /** Numbers around zero, of this length together. */
  public static float[] unit(Seed seed, double length) {
    float[] row = row(seed);
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    for (int k = 0; k < DIM; k++) {
      row[k] = (float) (row[k] * length / Math.sqrt(squares));
    }
    return row;
  }

  public static Enrolment enrolment(String label, float... row) {
    return new Enrolment(label, row, Map.of(), null);
  }

  /** Any row for this label. */
  public static Enrolment enrolment(String label, long number) {
    return enrolment(label, row(Seed.of(number)));
  }
}
