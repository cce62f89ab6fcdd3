package dev.doppel.baseline;

import dev.doppel.error.DataException;
import dev.doppel.image.Image;

/**
 * An image's strokes, moved and scaled to one place and size, in three planes: how much ink there
 * is, and which way it runs, as ink times the cosine and the sine of twice the angle, so that
 * opposite directions are the same and averages make sense.
 *
 * @param ink 1 for every pixel that a pen 1/35 of the image's side wide fills
 * @param cosine ink · cos 2θ, times how clear the direction is
 * @param sine ink · sin 2θ, times how clear the direction is
 */
record StrokePlanes(InkPlane ink, InkPlane cosine, InkPlane sine) {

  /** Root mean square distance of ink from its centroid, as a share of the side. */
  private static final double SPREAD = 0.19;

  /** A dot is enlarged no further than this spread would be, as a share of the image's side. */
  private static final double LEAST_SPREAD = 0.05;

  /** Omniglot's pen is three of 105 pixels wide. */
  private static final double PENS_A_SIDE = 35;

  /** Each pixel of ink is spread over as many points along each axis, lest scaling leave gaps. */
  private static final int POINTS = 3;

  /** Blurs, as shares of the side, before slopes are taken and before they are averaged. */
  private static final double SLOPE_BLUR = 1 / 64.0;

  private static final double DIRECTION_BLUR = 1.5 / 64;

  /** Where slopes are fainter than this there is no direction. */
  private static final double FAINT = 1e-6;

  /**
   * @param side of the planes, in pixels
   * @throws DataException if the image is blank
   */
  static StrokePlanes of(Image image, int side) {
    InkPlane ink = framed(InkPlane.of(image), side);
    InkPlane smooth = ink.blurred(SLOPE_BLUR * side);
    double[] cosine = new double[side * side];
    double[] sine = new double[side * side];
    double[] steep = new double[side * side];
    for (int y = 1; y < side - 1; y++) {
      for (int x = 1; x < side - 1; x++) {
        int p = y * side + x;
        double right = smooth.ink()[p + 1] - smooth.ink()[p - 1];
        double down = smooth.ink()[p + side] - smooth.ink()[p - side];
        cosine[p] = right * right - down * down;
        sine[p] = 2 * right * down;
        steep[p] = right * right + down * down;
      }
    }
    double[] around = blurred(steep, side);
    return new StrokePlanes(
        ink,
        directed(ink, blurred(cosine, side), around),
        directed(ink, blurred(sine, side), around));
  }

  private static double[] blurred(double[] values, int side) {
    return new InkPlane(side, side, values).blurred(DIRECTION_BLUR * side).ink();
  }

  private static InkPlane directed(InkPlane ink, double[] direction, double[] steep) {
    double[] directed = new double[direction.length];
    for (int p = 0; p < directed.length; p++) {
      directed[p] = ink.ink()[p] * direction[p] / (steep[p] + FAINT);
    }
    return new InkPlane(ink.width(), ink.height(), directed);
  }

  /** Ink with its centroid in the middle of a square plane, scaled to {@link #SPREAD}. */
  private static InkPlane framed(InkPlane from, int side) {
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    double squares = 0;
    for (int y = 0, p = 0; y < from.height(); y++) {
      for (int x = 0; x < from.width(); x++, p++) {
        double here = from.ink()[p];
        sum += here;
        sumX += here * x;
        sumY += here * y;
        squares += here * (x * x + y * y);
      }
    }
    if (sum == 0) {
      throw new DataException(
          "A picture of %d×%d without ink".formatted(from.width(), from.height()),
          "Strokes can be bent onto others only where there are some",
          "Leave blank pictures out, or check that ink is dark and paper light");
    }
    double meanX = sumX / sum;
    double meanY = sumY / sum;
    double spread = Math.sqrt(Math.max(0, squares / sum - meanX * meanX - meanY * meanY));
    int longer = Math.max(from.width(), from.height());
    double scale = SPREAD * side / Math.max(spread, LEAST_SPREAD * longer);
    // A pen's width counts as one, whatever the scale: its length alone grows.
    double share = scale * PENS_A_SIDE / (longer * POINTS * POINTS);
    double[] to = new double[side * side];
    for (int y = 0, p = 0; y < from.height(); y++) {
      for (int x = 0; x < from.width(); x++, p++) {
        if (from.ink()[p] == 0) {
          continue;
        }
        for (int point = 0; point < POINTS * POINTS; point++) {
          double alongX = x + (point % POINTS + 0.5) / POINTS - 0.5;
          int line = point / POINTS;
          double alongY = y + (line + 0.5) / POINTS - 0.5;
          put(
              to,
              side,
              (alongX - meanX) * scale + (side - 1) / 2.0,
              (alongY - meanY) * scale + (side - 1) / 2.0,
              share * from.ink()[p]);
        }
      }
    }
    return new InkPlane(side, side, to);
  }

  /** Shares an amount among the four pixels around a point; beyond the plane it is lost. */
  private static void put(double[] plane, int side, double x, double y, double amount) {
    int left = (int) Math.floor(x);
    int above = (int) Math.floor(y);
    if (left < 0 || above < 0 || left >= side - 1 || above >= side - 1) {
      return;
    }
    double right = x - left;
    double below = y - above;
    int p = above * side + left;
    plane[p] += amount * (1 - right) * (1 - below);
    plane[p + 1] += amount * right * (1 - below);
    plane[p + side] += amount * (1 - right) * below;
    plane[p + side + 1] += amount * right * below;
  }
}
