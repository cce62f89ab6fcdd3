package dev.doppel.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the plainest PNG form: grey, one or eight bits, not interlaced, nothing transparent.
 *
 * <p>Handwriting sets consist of tens of thousands of such files; this reads one in a few
 * microseconds, where ImageIO needs a hundred. Every other form is left to ImageIO.
 */
final class GreyPng {

  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;

  /** Deflate packs no tighter than 1032 to 1. */
  private static final long MAX_RATIO = 1040;

  /** To set one up takes as long as to unpack a small picture. */
  private static final ThreadLocal<Inflater> INFLATER = ThreadLocal.withInitial(Inflater::new);

  private final ByteBuffer file;
  private final CRC32 crc = new CRC32();
  private int width;
  private int height;
  private int depth;
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();

  private GreyPng(byte[] file) {
    this.file = ByteBuffer.wrap(file);
  }

  /**
   * The picture, or null if the file is no PNG or one of another form.
   *
   * @throws Broken if it is of this form but damaged
   */
  static @Nullable Image decode(byte[] file, LongConsumer room) throws Broken {
    if (file.length < 8 || ByteBuffer.wrap(file).getLong() != SIGNATURE) {
      return null;
    }
    GreyPng png = new GreyPng(file);
    return png.chunks(room) ? png.pixels() : null;
  }

  /** Reads header and packed rows; false if the form is another. */
  private boolean chunks(LongConsumer room) throws Broken {
    file.position(8);
    if (file.remaining() < 25) {
      throw new Broken("it ends within its header");
    }
    while (true) {
      if (file.remaining() < 12) {
        throw new Broken("it is cut off after " + file.limit() + " bytes");
      }
      int start = file.position();
      int length = file.getInt();
      int type = file.getInt();
      if (length < 0 || length > file.remaining() - 4) {
        throw new Broken("it is cut off after " + file.limit() + " bytes");
      }
      crc.reset();
      crc.update(file.array(), start + 4, length + 4);
      if ((int) crc.getValue() != file.getInt(start + 8 + length)) {
        throw new Broken("the checksum of its part at byte " + start + " is wrong");
      }
      if (type == IHDR) {
        width = file.getInt();
        height = file.getInt();
        depth = file.get();
        int form = file.get() << 16 | file.get() << 8 | file.get(); // colour, packing, filter
        int interlace = file.get();
        if ((depth != 1 && depth != 8) || form != 0 || interlace != 0) {
          return false;
        }
        if (length != 13 || start != 8) {
          throw new Broken("its header is not where it must be");
        }
        ImageFile.checkSize(width, height, room);
      } else if (type == IDAT) {
        packed.write(file.array(), file.position(), length);
      } else if (type == TRNS) {
        return false;
      } else if (type == IEND) {
        if (width == 0) {
          throw new Broken("it has no header");
        }
        return true;
      }
      file.position(start + 12 + length);
    }
  }

  private Image pixels() throws Broken {
    int stride = depth == 1 ? (width + 7) / 8 : width;
    byte[] rows = unpack((stride + 1) * height);
    for (int y = 0; y < height; y++) {
      unfilter(rows, y * (stride + 1), stride, y == 0);
    }
    if (depth == 1) {
      return Bitmap.ofRows(width, height, rows, stride + 1, 1);
    }
    byte[] samples = new byte[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(rows, y * (stride + 1) + 1, samples, y * width, width);
    }
    return Raster.of(width, height, 1, samples);
  }

  private byte[] unpack(int length) throws Broken {
    Inflater inflater = INFLATER.get();
    try {
      if (length > MAX_RATIO * packed.size()) {
        throw new Broken("its %d bytes cannot hold its pixels".formatted(packed.size()));
      }
      inflater.setInput(packed.toByteArray());
      byte[] rows = new byte[length];
      int had = 0;
      while (had < length) {
        int more = inflater.inflate(rows, had, length - had);
        if (more == 0) {
          throw new Broken("its pixels end after " + had + " of " + length + " bytes");
        }
        had += more;
      }
      return rows;
    } catch (DataFormatException e) {
      throw new Broken("its pixels cannot be unpacked (" + e.getMessage() + ")");
    } finally {
      inflater.reset();
    }
  }

  /** Undoes the filter of a row, whose first byte names it; both depths have one-byte pixels. */
  private static void unfilter(byte[] rows, int start, int stride, boolean first) throws Broken {
    int filter = rows[start];
    if (filter == 0) {
      return;
    }
    for (int i = start + 1; i <= start + stride; i++) {
      int left = i == start + 1 ? 0 : rows[i - 1] & 0xFF;
      int up = first ? 0 : rows[i - stride - 1] & 0xFF;
      int corner = first || i == start + 1 ? 0 : rows[i - stride - 2] & 0xFF;
      rows[i] +=
          (byte)
              switch (filter) {
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                case 4 -> paeth(left, up, corner);
                default -> throw new Broken("it names a row filter " + filter);
              };
    }
  }

  private static int paeth(int left, int up, int corner) {
    int guess = left + up - corner;
    int toLeft = Math.abs(guess - left);
    int toUp = Math.abs(guess - up);
    int toCorner = Math.abs(guess - corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }

  /** A damaged file; the message says where, as half a sentence that begins with it. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String how) {
      super(how);
    }
  }
}
