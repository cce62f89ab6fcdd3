package dev.doppel.image;

/**
 * Renders an image, seen through an affine map, onto a plane of any size.
 *
 * <p>Pixel centres have whole coordinates, x to the right, y downwards. Each output pixel is the
 * mean of K×K bilinear samples of the source, K the reduction in size rounded up, so that a smaller
 * plane keeps every stroke; outside the image is white. At the source's own size K is 1: plain
 * bilinear.
 *
 * <p>The map is given by its inverse {@code {a, b, c, d, e, f}}: the output point (x, y), measured
 * in source pixels, shows the source at (a x + b y + c, d x + e y + f).
 */
public final class Warp {

  /** The map that changes nothing. */
  static final double[] IDENTITY = {1, 0, 0, 0, 1, 0};

  private Warp() {}

  /**
   * Renders one channel.
   *
   * @param channel which channel of the source; -1 for its luminance
   * @param inverse from output to source, in source pixels
   * @param plane receives {@code height} rows of {@code width} brightnesses, 0 (black) to 1 (white)
   * @param offset where in {@code plane} to begin
   */
  public static void render(
      Image image,
      int channel,
      double[] inverse,
      int width,
      int height,
      float[] plane,
      int offset) {
    int w = image.width();
    int h = image.height();
    int k = Math.max(1, (int) Math.ceil(Math.max((double) w / width, (double) h / height)));
    float[] src = new float[(w + 2) * (h + 2)];
    java.util.Arrays.fill(src, 1f);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        src[(y + 1) * (w + 2) + x + 1] = brightness(image, x, y, channel);
      }
    }
    double stepX = (double) w / (width * k);
    double stepY = (double) h / (height * k);
    for (int oy = 0; oy < height; oy++) {
      for (int ox = 0; ox < width; ox++) {
        float sum = 0;
        for (int i = 0; i < k; i++) {
          double y = (oy * k + i + 0.5) * stepY - 0.5;
          for (int j = 0; j < k; j++) {
            double x = (ox * k + j + 0.5) * stepX - 0.5;
            float sx = (float) (inverse[0] * x + inverse[1] * y + inverse[2]) + 1;
            float sy = (float) (inverse[3] * x + inverse[4] * y + inverse[5]) + 1;
            if (sx <= 0 || sy <= 0 || sx >= w + 1 || sy >= h + 1) {
              sum += 1;
              continue;
            }
            int ix = (int) sx;
            int iy = (int) sy;
            float fx = sx - ix;
            float fy = sy - iy;
            int p = iy * (w + 2) + ix;
            float top = src[p] + fx * (src[p + 1] - src[p]);
            float bottom = src[p + w + 2] + fx * (src[p + w + 3] - src[p + w + 2]);
            sum += top + fy * (bottom - top);
          }
        }
        plane[offset + oy * width + ox] = sum / (k * k);
      }
    }
  }

  private static float brightness(Image image, int x, int y, int channel) {
    if (channel >= 0 || image.channels() == 1) {
      return image.sample(x, y, Math.max(channel, 0)) / 255f;
    }
    return (0.299f * image.sample(x, y, 0)
            + 0.587f * image.sample(x, y, 1)
            + 0.114f * image.sample(x, y, 2))
        / 255f;
  }
}
