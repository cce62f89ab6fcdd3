package dev.doppel.image;

/**
 * Strokes worn down to lines one pixel wide that hang together as the strokes did (Zhang and Suen,
 * <i>A fast parallel algorithm for thinning digital patterns</i>, 1984).
 *
 * <p>Ink at a stroke's rim is taken away, in turns from the south-east and from the north-west, if
 * it neither ends a line nor joins two parts.
 */
final class Thinning {

  private final int stride;
  private final boolean[] ink;

  /** Where the eight neighbours lie, clockwise from the north: P2 … P9 of the paper. */
  private final int[] around;

  private Thinning(Image image) {
    stride = image.width() + 2; // a rim of paper spares tests at the edge
    ink = new boolean[stride * (image.height() + 2)];
    around = new int[] {-stride, 1 - stride, 1, stride + 1, stride, stride - 1, -1, -stride - 1};
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        ink[(y + 1) * stride + x + 1] = image.sample(x, y, 0) < 128;
      }
    }
  }

  /** The lines that the strokes of an image become. */
  static Bitmap of(Image image) {
    Thinning thinning = new Thinning(image);
    boolean changed;
    do {
      changed = thinning.wear(0);
      changed |= thinning.wear(2);
    } while (changed);
    Bitmap.Builder lines = new Bitmap.Builder(image.width(), image.height());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (thinning.ink[(y + 1) * thinning.stride + x + 1]) {
          lines.ink(x, y);
        }
      }
    }
    return lines.build();
  }

  /**
   * One turn: all pixels are judged before any is taken, and again before each is. The paper does
   * without the second look, and loses dots: the four pixels of a square all go at once.
   *
   * @param turn 0 takes from the south-east, 2 from the north-west
   */
  private boolean wear(int turn) {
    int[] taken = new int[ink.length];
    int count = 0;
    for (int at = stride + 1; at < ink.length - stride - 1; at++) {
      if (ink[at] && goes(at, turn)) {
        taken[count++] = at;
      }
    }
    boolean changed = false;
    for (int i = 0; i < count; i++) {
      if (goes(taken[i], turn)) {
        ink[taken[i]] = false;
        changed = true;
      }
    }
    return changed;
  }

  private boolean goes(int at, int turn) {
    int neighbours = 0;
    int beginnings = 0; // of ink, going round
    for (int i = 0; i < 8; i++) {
      boolean here = ink[at + around[i]];
      neighbours += here ? 1 : 0;
      beginnings += !here && ink[at + around[(i + 1) % 8]] ? 1 : 0;
    }
    if (neighbours < 2 || neighbours > 6 || beginnings != 1) {
      return false;
    }
    boolean north = ink[at + around[0]];
    boolean east = ink[at + around[2]];
    boolean south = ink[at + around[4]];
    boolean west = ink[at + around[6]];
    return turn == 0
        ? !(north && east && south) && !(east && south && west)
        : !(north && east && west) && !(north && south && west);
  }
}
