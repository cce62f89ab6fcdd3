package dev.doppel.image;

/** What {@link Warp} computes, written down as its definition reads: the twin of the quick one. */
public final class PlainWarp {

  private PlainWarp() {}

  /** See {@link Warp#render}. */
  public static void render(
      Image image, int channel, double[] inverse, int width, int height, float[] plane, int at) {
    float[] brightness = new float[image.width() * image.height()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        brightness[y * image.width() + x] =
            channel >= 0 || image.channels() == 1
                ? image.sample(x, y, Math.max(channel, 0)) / 255f
                : (0.299f * image.sample(x, y, 0)
                        + 0.587f * image.sample(x, y, 1)
                        + 0.114f * image.sample(x, y, 2))
                    / 255f;
      }
    }
    int w = image.width();
    int h = image.height();
    int k = Math.max(1, (int) Math.ceil(Math.max((double) w / width, (double) h / height)));
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double sum = 0;
        for (int i = 0; i < k * k; i++) {
          double x = (column * k + i % k + 0.5) * w / (width * k) - 0.5;
          double y = (row * k + i / k + 0.5) * h / (height * k) - 0.5;
          sum +=
              bilinear(
                  brightness,
                  w,
                  h,
                  inverse[0] * x + inverse[1] * y + inverse[2],
                  inverse[3] * x + inverse[4] * y + inverse[5]);
        }
        plane[at + row * width + column] = (float) (sum / (k * k));
      }
    }
  }

  private static double bilinear(float[] brightness, int w, int h, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double fx = x - left;
    double fy = y - top;
    return (1 - fy)
            * ((1 - fx) * pixel(brightness, w, h, left, top)
                + fx * pixel(brightness, w, h, left + 1, top))
        + fy
            * ((1 - fx) * pixel(brightness, w, h, left, top + 1)
                + fx * pixel(brightness, w, h, left + 1, top + 1));
  }

  private static float pixel(float[] brightness, int w, int h, int x, int y) {
    return x < 0 || y < 0 || x >= w || y >= h ? 1 : brightness[y * w + x];
  }
}
