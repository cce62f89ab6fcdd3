package dev.doppel.image;

import java.util.Arrays;

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
 *
 * <p>Speed comes from leaving out what is white: along each row of samples only the stretch that
 * crosses the ink's bounding box is walked, in steps of 2<sup>-32</sup> pixels as whole numbers,
 * and only cells with ink are interpolated. Thread-safe; each thread keeps one sheet to work on.
 */
public final class Warp {

  /** The map that changes nothing. */
  static final double[] IDENTITY = {1, 0, 0, 0, 1, 0};

  private static final double MAX_COEFFICIENT = 1e6;
  private static final double ONE = 0x1p32;

  /** The largest image whose sheet a thread keeps: 300 kB, as there may be a hundred threads. */
  private static final int KEPT_PIXELS = 1 << 16;

  private static final ThreadLocal<InkSheet> SHEET = ThreadLocal.withInitial(InkSheet::new);

  private Warp() {}

  /**
   * Renders as many planes as are wanted: the channels, the luminance of colour, or grey repeated.
   *
   * @param channels 1 or 3
   * @param extended whether pixels at the rim reach beyond it, in place of white, as far as half a
   *     pixel of an undistorted plane looks there; photographs have no paper around them
   * @param planes receives {@code [channels, height, width]} brightnesses from {@code offset} on
   */
  static void planes(
      Image image,
      int channels,
      double[] inverse,
      boolean extended,
      int width,
      int height,
      float[] planes,
      int offset) {
    int area = width * height;
    if (image instanceof Raster raster && Reduction.serves(inverse)) {
      check(inverse);
      Reduction reduction =
          Reduction.of(inverse, extended, raster.width(), raster.height(), width, height);
      if (raster.channels() <= channels) {
        reduction.render(raster, planes, offset);
      } else {
        float[] colours = new float[3 * area];
        reduction.render(raster, colours, 0);
        for (int i = 0; i < area; i++) {
          planes[offset + i] =
              0.299f * colours[i] + 0.587f * colours[area + i] + 0.114f * colours[2 * area + i];
        }
      }
    } else if (image instanceof Bitmap bitmap
        && InkSpread.serves(inverse, bitmap.width(), bitmap.height(), width, height)) {
      check(inverse);
      InkSpread.of(inverse, bitmap.width(), bitmap.height(), width, height)
          .render(bitmap, width, height, planes, offset);
    } else if (image.channels() == channels) {
      for (int channel = 0; channel < channels; channel++) {
        render(image, channel, inverse, width, height, planes, offset + channel * area);
      }
    } else {
      render(image, -1, inverse, width, height, planes, offset);
    }
    if (image.channels() < channels) {
      System.arraycopy(planes, offset, planes, offset + area, area);
      System.arraycopy(planes, offset, planes, offset + 2 * area, area);
    }
  }

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
    render(
        sheet(image, channel),
        image.width(),
        image.height(),
        inverse,
        width,
        height,
        plane,
        offset);
  }

  /** The same for ink, bent after the map; not for photographs, which have no paper around them. */
  static void bent(
      Image image, double[] inverse, Bend bend, int width, int height, float[] plane, int offset) {
    check(inverse);
    bend.render(
        sheet(image, image.channels() == 1 ? 0 : -1),
        image.width(),
        image.height(),
        inverse,
        width,
        height,
        plane,
        offset);
  }

  private static InkSheet sheet(Image image, int channel) {
    boolean keep = (long) image.width() * image.height() <= KEPT_PIXELS;
    InkSheet sheet = keep ? SHEET.get() : new InkSheet();
    sheet.load(image, channel);
    return sheet;
  }

  private static void check(double[] inverse) {
    for (double coefficient : inverse) {
      if (!(Math.abs(coefficient) <= MAX_COEFFICIENT)) {
        throw new IllegalArgumentException("not a map of images: " + Arrays.toString(inverse));
      }
    }
  }

  /** K, so that K×K samples make an output pixel. */
  static int samples(int w, int h, int width, int height) {
    return Math.max(1, (int) Math.ceil(Math.max((double) w / width, (double) h / height)));
  }

  /** Renders a sheet that holds an image of {@code w} by {@code h} pixels. */
  static void render(
      InkSheet sheet,
      int w,
      int h,
      double[] inverse,
      int width,
      int height,
      float[] plane,
      int offset) {
    check(inverse);
    int k = samples(w, h, width, height);
    double stepX = (double) w / ((double) width * k);
    double stepY = (double) h / ((double) height * k);
    double x0 = 0.5 * stepX - 0.5;
    Walk walk = new Walk(sheet, inverse[0] * stepX, inverse[3] * stepX, width, k, plane);
    float share = 1f / (k * k);
    for (int row = 0; row < height; row++) {
      walk.begin(offset + row * width);
      for (int sub = 0; sub < k; sub++) {
        double y = (row * k + sub + 0.5) * stepY - 0.5;
        walk.add(
            inverse[0] * x0 + (inverse[1] * y + inverse[2]),
            inverse[3] * x0 + (inverse[4] * y + inverse[5]));
      }
      walk.end(share);
    }
  }

  /** Gathers the darkness of one output row after the other. */
  private static final class Walk {
    private final InkSheet sheet;
    private final double moveX;
    private final double moveY;
    private final int width;
    private final int samples;
    private final long perPixel;
    private final float[] plane;
    private int out;
    private int first;
    private int last;

    /**
     * @param moveX how far a sample lies from the one before
     * @param k samples of a pixel along the row
     */
    Walk(InkSheet sheet, double moveX, double moveY, int width, int k, float[] plane) {
      this.sheet = sheet;
      this.moveX = moveX;
      this.moveY = moveY;
      this.width = width;
      this.samples = width * k;
      this.perPixel = (1L << 32) / k + 1; // so that i / k is a product and a shift
      this.plane = plane;
    }

    /** Turns to the row of the plane that begins at {@code out}. */
    void begin(int out) {
      this.out = out;
      first = width;
      last = -1;
    }

    /** Adds a row of samples, from the point of the source it begins at. */
    void add(double startX, double startY) {
      // A sample sees ink only within one pixel of the box around all ink.
      double from =
          Math.max(
              least(startX, moveX, sheet.left - 1, sheet.right + 1),
              least(startY, moveY, sheet.top - 1, sheet.bottom + 1));
      double to =
          Math.min(
              greatest(startX, moveX, sheet.left - 1, sheet.right + 1),
              greatest(startY, moveY, sheet.top - 1, sheet.bottom + 1));
      int begin = (int) Math.ceil(Math.max(from, 0));
      int end = (int) Math.floor(Math.min(to, samples - 1));
      if (begin > end) {
        return;
      }
      if (last < 0) {
        Arrays.fill(plane, out, out + width, 0);
      }
      first = Math.min(first, (int) ((begin * perPixel) >>> 32));
      last = Math.max(last, (int) ((end * perPixel) >>> 32));
      sample(
          sheet.darkness,
          sheet.marked,
          (long) ((startX + begin * moveX + InkSheet.MARGIN) * ONE),
          (long) ((startY + begin * moveY + InkSheet.MARGIN) * ONE),
          begin,
          end);
    }

    private void sample(
        float[] darkness, boolean[] marked, long startX, long startY, int begin, int end) {
      long dx = Math.round(moveX * ONE);
      long dy = Math.round(moveY * ONE);
      long sx = startX;
      long sy = startY;
      int stride = sheet.stride;
      for (int i = begin; i <= end; i++) {
        int p = (int) (sy >> 32) * stride + (int) (sx >> 32);
        if (marked[p]) {
          float fx = (((int) sx) >>> 8) * 0x1p-24f;
          float fy = (((int) sy) >>> 8) * 0x1p-24f;
          int q = p + stride;
          float above = darkness[p] + fx * (darkness[p + 1] - darkness[p]);
          float below = darkness[q] + fx * (darkness[q + 1] - darkness[q]);
          plane[out + (int) ((i * perPixel) >>> 32)] += above + fy * (below - above);
        }
        sx += dx;
        sy += dy;
      }
    }

    /** Turns what was gathered into brightness. */
    void end(float share) {
      for (int i = out + first; i <= out + last; i++) {
        plane[i] = (255 - plane[i] * share) / 255;
      }
      Arrays.fill(plane, out, out + Math.min(first, width), 1);
      Arrays.fill(plane, out + Math.max(last + 1, first), out + width, 1);
    }
  }

  /** The least real i ≥ 0 with start + i · move within [low, high]; infinite if there is none. */
  private static double least(double start, double move, double low, double high) {
    if (move == 0) {
      return start >= low && start <= high ? 0 : Double.POSITIVE_INFINITY;
    }
    return ((move > 0 ? low : high) - start) / move;
  }

  /** The greatest real i with start + i · move within [low, high]. */
  private static double greatest(double start, double move, double low, double high) {
    if (move == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return ((move > 0 ? high : low) - start) / move;
  }
}
