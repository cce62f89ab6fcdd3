package dev.doppel.image;

import java.util.Locale;

/** How a picture fills a plane of another shape. */
public enum Framing {
  /** Width and height are each scaled to the plane's. */
  STRETCH,

  /** The largest part of the plane's shape, from the middle; what lies beside it is not seen. */
  CROP,

  /** The whole picture in the middle; what is left over is white. */
  PAD;

  /** What files and options call it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The map from output to source, in source pixels as {@link Warp} wants it, after another one.
   *
   * @param inverse the map of the undistorted plane
   * @param w columns of the source
   * @param h rows of the source
   */
  double[] frame(double[] inverse, int w, int h, int width, int height) {
    double acrossScale = (double) w / width;
    double downScale = (double) h / height;
    if (this == STRETCH || acrossScale == downScale) {
      return inverse;
    }
    double scale =
        this == CROP ? Math.min(acrossScale, downScale) : Math.max(acrossScale, downScale);
    double a = scale / acrossScale; // about the middle of the picture
    double e = scale / downScale;
    double c = (1 - a) * (w - 1) / 2;
    double f = (1 - e) * (h - 1) / 2;
    return new double[] {
      inverse[0] * a,
      inverse[1] * e,
      inverse[0] * c + inverse[1] * f + inverse[2],
      inverse[3] * a,
      inverse[4] * e,
      inverse[3] * c + inverse[4] * f + inverse[5]
    };
  }
}
