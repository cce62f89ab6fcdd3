package dev.doppel.augment;

/**
 * An affine map of the plane about an image's centre, in the seven parts of Koch, Zemel and
 * Salakhutdinov 2015 (section 3.3): T = (θ, ρx, ρy, sx, sy, tx, ty).
 *
 * <p>The paper leaves their order open. Here it is C T R H S C⁻¹, applied from right to left: move
 * the centre ((w-1)/2, (h-1)/2) to the origin, scale, shear, rotate, shift, move back. x runs to
 * the right and y downwards. Immutable and thread-safe.
 *
 * @param rotation θ in degrees; a positive angle turns clockwise as seen
 * @param shearX ρx: how far x moves for each step of y
 * @param shearY ρy: how far y moves for each step of x
 * @param scaleX sx, above 0
 * @param scaleY sy, above 0
 * @param shiftX tx in pixels
 * @param shiftY ty in pixels
 */
public record Affine(
    double rotation,
    double shearX,
    double shearY,
    double scaleX,
    double scaleY,
    double shiftX,
    double shiftY) {

  /** The map that changes nothing. */
  public static final Affine IDENTITY = new Affine(0, 0, 0, 1, 1, 0, 0);

  public Affine {
    if (!(scaleX > 0) || !(scaleY > 0)) {
      throw new IllegalArgumentException("scales must be positive: " + scaleX + ", " + scaleY);
    }
    if (!(Math.abs(1 - shearX * shearY) > 1e-9)) {
      throw new IllegalArgumentException(
          "shears " + shearX + " and " + shearY + " flatten the plane");
    }
    if (!Double.isFinite(rotation + shearX + shearY + scaleX + scaleY + shiftX + shiftY)) {
      throw new IllegalArgumentException("every part must be a finite number");
    }
  }

  /** The two rows {a, b, c, d, e, f} that take (x, y, 1) of the input to the output. */
  public double[] matrix(int width, int height) {
    double cos = StrictMath.cos(Math.toRadians(rotation));
    double sin = StrictMath.sin(Math.toRadians(rotation));
    double a = (cos - sin * shearY) * scaleX;
    double b = (cos * shearX - sin) * scaleY;
    double d = (sin + cos * shearY) * scaleX;
    double e = (sin * shearX + cos) * scaleY;
    double cx = (width - 1) / 2.0;
    double cy = (height - 1) / 2.0;
    return new double[] {a, b, cx + shiftX - a * cx - b * cy, d, e, cy + shiftY - d * cx - e * cy};
  }

  /** The two rows that take (x, y, 1) of the output back to the input, as {@code Warp} wants. */
  public double[] inverse(int width, int height) {
    double[] m = matrix(width, height);
    double det = m[0] * m[4] - m[1] * m[3];
    double a = m[4] / det;
    double b = -m[1] / det;
    double d = -m[3] / det;
    double e = m[0] / det;
    return new double[] {a, b, -(a * m[2] + b * m[5]), d, e, -(d * m[2] + e * m[5])};
  }
}
