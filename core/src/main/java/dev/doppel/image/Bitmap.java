package dev.doppel.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/** A picture of ink on white paper, one bit a pixel. Immutable and thread-safe. */
public final class Bitmap implements Image {

  /** Pixels in a {@link #word} at least. */
  static final int WORD = 56;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final int width;
  private final int height;

  /** Pixel (x, y) is bit {@code y · width + x}, lowest bit of a byte first; 1 is ink. */
  private final byte[] ink;

  private Bitmap(int width, int height, byte[] ink) {
    this.width = width;
    this.height = height;
    this.ink = ink;
  }

  /** Copies an image whose ink is where samples of the first channel are below half. */
  public static Bitmap of(Image image) {
    Builder builder = new Builder(image.width(), image.height());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (image.sample(x, y, 0) < 128) {
          builder.ink(x, y);
        }
      }
    }
    return builder.build();
  }

  /**
   * Takes over packed rows in which the leftmost pixel is the highest bit of a byte and 0 is ink.
   *
   * @param stride bytes from one row to the next
   * @param skip bytes before the pixels of a row
   */
  static Bitmap ofRows(int width, int height, byte[] rows, int stride, int skip) {
    byte[] ink = new byte[(width * height + 7) / 8];
    for (int y = 0; y < height; y++) {
      for (int x = 0, from = y * stride + skip; x < width; x += WORD, from += WORD / 8) {
        long paper = from + 8 <= rows.length ? (long) BIG_LONGS.get(rows, from) : last(rows, from);
        long left = Long.reverse(~paper) & (-1L >>> (64 - Math.min(WORD, width - x)));
        if (left != 0) { // much is blank
          put(ink, y * width + x, left);
        }
      }
    }
    return new Bitmap(width, height, ink);
  }

  private static long last(byte[] rows, int from) {
    byte[] end = Arrays.copyOfRange(rows, from, from + 8); // zeros past the end
    return (long) BIG_LONGS.get(end, 0);
  }

  private static void put(byte[] ink, int bit, long pixels) {
    long shifted = pixels << (bit & 7);
    int first = bit >> 3;
    if (first + 8 <= ink.length) {
      LONGS.set(ink, first, (long) LONGS.get(ink, first) | shifted);
    } else {
      for (int i = first; i < ink.length; i++, shifted >>>= 8) {
        ink[i] |= (byte) shifted;
      }
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int sample(int x, int y, int channel) {
    return ink(x, y) ? 0 : 255;
  }

  /** Whether the pixel at column {@code x}, row {@code y} is ink. */
  public boolean ink(int x, int y) {
    int bit = y * width + x;
    return (ink[bit >> 3] >> (bit & 7) & 1) != 0;
  }

  /**
   * The next {@link #WORD} bits or more from bit {@code from} on, lowest first; zeros past the end.
   */
  long word(int from) {
    int first = from >> 3;
    long word = first + 8 <= ink.length ? (long) LONGS.get(ink, first) : tail(first);
    return word >>> (from & 7);
  }

  private long tail(int first) {
    long word = 0;
    for (int i = ink.length - 1; i >= first; i--) {
      word = word << 8 | (ink[i] & 0xFF);
    }
    return word;
  }

  /**
   * The same drawn with a wider pen: all pixels within {@code radius} of ink.
   *
   * @param radius of the disc, in pixels; below 1 nothing changes
   */
  public Bitmap dilated(double radius) {
    int reach = (int) radius;
    Builder wider = new Builder(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (ink(x, y)) {
          for (int j = Math.max(-reach, -y); j <= Math.min(reach, height - 1 - y); j++) {
            int half = (int) Math.sqrt(radius * radius - j * j);
            for (int i = Math.max(0, x - half); i <= Math.min(width - 1, x + half); i++) {
              wider.ink(i, y + j);
            }
          }
        }
      }
    }
    return wider.build();
  }

  /**
   * The same with pixels drawn anew, the later of two at a place last.
   *
   * @param pixels places, as {@code y · width + x}
   * @param inked whether each becomes ink
   */
  public Bitmap speckled(int[] pixels, boolean[] inked) {
    byte[] bits = ink.clone();
    for (int i = 0; i < pixels.length; i++) {
      int place = Objects.checkIndex(pixels[i], width * height);
      byte bit = (byte) (1 << (place & 7));
      bits[place >> 3] = (byte) (inked[i] ? bits[place >> 3] | bit : bits[place >> 3] & ~bit);
    }
    return new Bitmap(width, height, bits);
  }

  /** A copy of the bits: pixel (x, y) is bit {@code y · width + x}, lowest first; 1 is ink. */
  public byte[] bits() {
    return ink.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bitmap that
        && width == that.width
        && height == that.height
        && Arrays.equals(ink, that.ink);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(ink);
  }

  @Override
  public String toString() {
    return "Bitmap[" + width + "×" + height + "]";
  }

  /** A white sheet to put ink on; used up by {@link #build()}. Not thread-safe. */
  public static final class Builder {
    private final int width;
    private final int height;
    private final byte[] ink;

    /** A white sheet of this size. */
    public Builder(int width, int height) {
      if (width < 1 || height < 1) {
        throw new IllegalArgumentException("a bitmap of " + width + "×" + height);
      }
      this.width = width;
      this.height = height;
      this.ink = new byte[(width * height + 7) / 8];
    }

    /** Makes the pixel at column {@code x}, row {@code y} ink. */
    public void ink(int x, int y) {
      int bit = y * width + x;
      ink[bit >> 3] |= (byte) (1 << (bit & 7));
    }

    /** The sheet as it is now. */
    public Bitmap build() {
      return new Bitmap(width, height, ink.clone());
    }
  }
}
