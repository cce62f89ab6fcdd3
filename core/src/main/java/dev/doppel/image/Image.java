package dev.doppel.image;

/**
 * A picture: rows of samples from 0 (black) to 255 (white), one channel or three.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Image permits Bitmap, Raster {

  /** Columns. */
  int width();

  /** Rows. */
  int height();

  /** 1 for grey, 3 for red, green, blue. */
  int channels();

  /** The sample at column {@code x}, row {@code y} of a channel, 0 (black) to 255 (white). */
  int sample(int x, int y, int channel);
}
