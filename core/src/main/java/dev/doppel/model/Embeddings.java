package dev.doppel.model;

import dev.doppel.image.Image;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one matrix, an image each. Immutable by promise: nobody writes to {@code values}.
 *
 * @param dim length of a row
 * @param values {@code [count, dim]}, row-major
 */
public record Embeddings(int dim, float[] values) {

  /** Large enough to keep the encoder busy, small enough to stay in cache. */
  private static final int BATCH = 64;

  public Embeddings {
    if (dim < 1 || values.length % dim != 0) {
      throw new IllegalArgumentException(values.length + " values are no rows of " + dim);
    }
  }

  static Embeddings of(Encoder encoder, List<? extends Image> images) {
    int plane = encoder.inputLength();
    float[] values = new float[Math.multiplyExact(images.size(), encoder.dim())];
    for (int from = 0; from < images.size(); from += BATCH) {
      int count = Math.min(BATCH, images.size() - from);
      float[] planes = new float[count * plane];
      for (int i = 0; i < count; i++) {
        encoder.prepare(images.get(from + i), planes, i * plane);
      }
      float[] rows = encoder.embed(planes, count);
      System.arraycopy(rows, 0, values, from * encoder.dim(), rows.length);
    }
    return new Embeddings(encoder.dim(), values);
  }

  /** The number of rows. */
  public int count() {
    return values.length / dim;
  }

  /** A copy of one row. */
  public float[] row(int index) {
    return Arrays.copyOfRange(values, index * dim, (index + 1) * dim);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embeddings that
        && dim == that.dim
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * dim + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embeddings[" + count() + " × " + dim + "]";
  }
}
