package dev.doppel.gallery.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The head of a NumPy file (format 1.0) that holds a matrix of little-endian 32-bit floats; the
 * numbers follow, row by row. {@code numpy.load} reads it.
 */
final class Npy {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private Npy() {}

  static byte[] head(long rows, int dim) {
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, dim);
    int before = MAGIC.length + 2;
    int length = (before + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - before;
    byte[] head = new byte[before + length];
    System.arraycopy(MAGIC, 0, head, 0, MAGIC.length);
    head[MAGIC.length] = (byte) length;
    head[MAGIC.length + 1] = (byte) (length >> 8);
    byte[] padded =
        (text + " ".repeat(length - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(padded, 0, head, before, length);
    return head;
  }

  /**
   * Reads a head up to the first number.
   *
   * @throws IOException if it is not that of such a matrix
   */
  static void skipHead(InputStream in, long rows, int dim) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("is no NumPy file of format 1.0");
    }
    int length = (start[MAGIC.length] & 0xff) | ((start[MAGIC.length + 1] & 0xff) << 8);
    String text =
        new String(in.readNBytes(length), StandardCharsets.US_ASCII).replaceAll("\\s", "");
    String shape = "'shape':(%d,%d)".formatted(rows, dim);
    if (!text.contains("'descr':'<f4'")
        || !text.contains("'fortran_order':False")
        || !text.contains(shape)) {
      throw new IOException(
          "is no matrix of %d rows of %d little-endian floats".formatted(rows, dim));
    }
  }
}
