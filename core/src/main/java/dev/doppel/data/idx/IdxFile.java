package dev.doppel.data.idx;

import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One IDX file of unsigned bytes (LeCun, Cortes and Burges, <i>The MNIST database</i>): two zeros,
 * the type 8, the number of axes, the length of each axis as four bytes, then all values, the last
 * axis running fastest.
 *
 * <p>The lengths are checked before anything is unpacked, so a small file that claims to be huge
 * costs nothing. Immutable by promise: nobody writes to the arrays.
 *
 * @param lengths length of each axis
 * @param values all values in order
 */
record IdxFile(int[] lengths, byte[] values) {

  /** The most that is unpacked; the largest set in use, EMNIST's, has 547 MB of images. */
  static final long MAX_VALUES = 1L << 30;

  private static final int UNSIGNED_BYTE = 8;

  /**
   * Reads a file, unpacking it if its name ends with {@code .gz}.
   *
   * @param axes how many axes it must have: 1 for labels, 3 for images
   * @throws DataException if it cannot be read, is no such file, is too large, too short or too
   *     long
   */
  static IdxFile read(Path file, int axes) {
    try (DataInputStream in = new DataInputStream(open(file))) {
      int magic = in.readInt();
      if (magic != (UNSIGNED_BYTE << 8 | axes)) {
        throw wrong(file, "begins with %08x".formatted(magic), axes, null);
      }
      int[] lengths = new int[axes];
      long size = 1;
      for (int axis = 0; axis < axes; axis++) {
        lengths[axis] = in.readInt();
        if (lengths[axis] < 1 || (size *= lengths[axis]) > MAX_VALUES) {
          throw wrong(
              file,
              "claims axes of " + Arrays.toString(Arrays.copyOf(lengths, axis + 1)),
              axes,
              null);
        }
      }
      byte[] values = in.readNBytes((int) size);
      if (values.length < size || in.read() >= 0) {
        throw wrong(
            file,
            "has %s than the %,d values it claims"
                .formatted(values.length < size ? "fewer" : "more", size),
            axes,
            null);
      }
      return new IdxFile(lengths, values);
    } catch (EOFException e) {
      throw wrong(file, "ends within its head or its packing", axes, e);
    } catch (IOException e) {
      throw wrong(file, "cannot be read (" + Reason.of(e) + ")", axes, e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return file.toString().endsWith(".gz")
          ? new GZIPInputStream(raw, 1 << 16)
          : new BufferedInputStream(raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static DataException wrong(
      Path file, String what, int axes, @Nullable IOException cause) {
    String given = "The IDX file " + file + " " + what;
    String allowed =
        "It should begin with %08x and the length of %d %s, at most %,d values, and then hold them"
            .formatted(UNSIGNED_BYTE << 8 | axes, axes, axes == 1 ? "axis" : "axes", MAX_VALUES);
    String next = "Fetch the file again, or name another folder with --idx";
    return cause == null
        ? new DataException(given, allowed, next)
        : new DataException(given, allowed, next, cause);
  }
}
