package dev.doppel.bench;

import dev.doppel.error.DataException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Rows of floats, as .fvecs files hold them: each its length and then its numbers, little-endian.
 *
 * @param dim numbers in a row
 * @param values {@code [rows, dim]}
 */
record Vectors(int dim, float[] values) {

  private static final int CLUSTERS = 2000;
  private static final int SUBSPACE = 24;
  private static final double SPREAD = 0.9;
  private static final double NOISE = 0.3;

  /** Rows read or written at a time. */
  private static final int BATCH = 4096;

  int count() {
    return values.length / dim;
  }

  /**
   * Unit rows in clusters: a centre on the sphere, an offset in a subspace that all clusters share,
   * and a little noise in every direction.
   *
   * @param purpose what of; the same gives the same rows, and another others of the same clusters
   */
  static Vectors clustered(String purpose, int count, int dim) {
    float[] basis = new float[SUBSPACE * dim];
    for (int i = 0; i < SUBSPACE; i++) {
      unit(Seed.of(1).at("basis").at(i).draws(), basis, i * dim, dim);
    }
    float[] values = new float[Math.multiplyExact(count, dim)];
    float[] centre = new float[dim];
    for (int row = 0; row < count; row++) {
      Draws draws = Seed.of(1).at(purpose).at(row).draws();
      unit(Seed.of(1).at("centre").at(draws.below(CLUSTERS)).draws(), centre, 0, dim);
      int at = row * dim;
      for (int d = 0; d < dim; d++) {
        values[at + d] = (float) (centre[d] + NOISE / Math.sqrt(dim) * draws.gaussian());
      }
      for (int i = 0; i < SUBSPACE; i++) {
        float offset = (float) (SPREAD / Math.sqrt(SUBSPACE) * draws.gaussian());
        for (int d = 0; d < dim; d++) {
          values[at + d] += offset * basis[i * dim + d];
        }
      }
      normalise(values, at, dim);
    }
    return new Vectors(dim, values);
  }

  private static void unit(Draws draws, float[] values, int at, int dim) {
    for (int d = 0; d < dim; d++) {
      values[at + d] = (float) draws.gaussian();
    }
    normalise(values, at, dim);
  }

  private static void normalise(float[] values, int at, int dim) {
    double squares = 0;
    for (int d = 0; d < dim; d++) {
      squares += (double) values[at + d] * values[at + d];
    }
    for (int d = 0; d < dim; d++) {
      values[at + d] /= (float) Math.sqrt(squares);
    }
  }

  /**
   * The first rows of a file.
   *
   * @throws DataException if it holds no rows of one length
   */
  static Vectors read(Path file, int limit) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(head, 0);
      int dim = head.getInt(0);
      int bytes = 4 + 4 * dim;
      if (dim < 1 || channel.size() % bytes != 0) {
        throw new DataException(
            file + " holds no rows of one length", "An .fvecs file", "Write it anew");
      }
      int count = (int) Math.min(limit, channel.size() / bytes);
      float[] values = new float[Math.multiplyExact(count, dim)];
      ByteBuffer buffer = ByteBuffer.allocate(BATCH * bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = 0; row < count; ) {
        buffer.clear().limit(Math.min(BATCH, count - row) * bytes);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
          // until the batch is whole
        }
        for (int i = 0; i < buffer.limit(); i += bytes, row++) {
          buffer.position(i + 4);
          buffer.asFloatBuffer().get(values, row * dim, dim);
        }
      }
      return new Vectors(dim, values);
    }
  }

  void write(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocate(BATCH * (4 + 4 * dim)).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = 0; row < count(); ) {
        buffer.clear();
        for (int last = Math.min(count(), row + BATCH); row < last; row++) {
          buffer.putInt(dim);
          for (int d = 0; d < dim; d++) {
            buffer.putFloat(values[row * dim + d]);
          }
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    }
  }
}
