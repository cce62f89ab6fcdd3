package dev.doppel.search;

import dev.doppel.error.OptionException;
import java.util.Arrays;

/** What every index asks of what it is given. */
final class Checks {

  private static final int MOST_ROWS = 1 << 30;

  private Checks() {}

  static void length(int given, int dim) {
    if (given != dim) {
      throw new OptionException(
          "A row of " + given + " numbers",
          "This index holds rows of " + dim,
          "Use embeddings of the model the index was made for");
    }
  }

  /** The number of rows in an array. */
  static int rows(float[] values, int dim) {
    if (values.length % dim != 0) {
      length(values.length % dim, dim);
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new OptionException(
            "A row holds " + value, "Numbers are finite", "Look at the image this row came from");
      }
    }
    return values.length / dim;
  }

  static void query(float[] query, int dim) {
    length(query.length, dim);
    rows(query, dim);
  }

  static void put(int[] numbers, float[] vectors, int dim) {
    if (rows(vectors, dim) != numbers.length) {
      throw new OptionException(
          numbers.length + " row numbers and " + vectors.length + " numbers",
          "Each row has " + dim + " numbers",
          "Give as many rows as row numbers");
    }
    int[] sorted = numbers.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      OptionException.require(
          sorted[i] >= 0 && sorted[i] < MOST_ROWS, "row number", sorted[i], "0 to 2^30 - 1");
      OptionException.require(
          i == 0 || sorted[i] != sorted[i - 1], "row number", sorted[i], "given once");
    }
  }

  static void k(int k) {
    OptionException.require(k >= 1, "k", k, "at least 1");
  }
}
