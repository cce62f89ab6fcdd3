package dev.doppel.image;

import dev.doppel.error.OptionException;
import java.util.Arrays;

/**
 * A pen of one width: redraws the strokes of an image, whatever they were drawn with.
 *
 * <p>Strokes are thinned to lines, and each pixel of a line then inks what lies within half a pen's
 * width of it, the rim in grey. MNIST has a thick pen and Omniglot a thin one, and an encoder that
 * saw only one of them is misled by the other. Immutable and thread-safe.
 *
 * @param width of a stroke in pixels of the image, 1 to 64
 */
public record Pen(double width) {

  public Pen {
    OptionException.require(width >= 1 && width <= 64, "pen", width, "from 1 to 64 pixels");
  }

  /** The image redrawn, on a sheet of its own size. */
  public Image draw(Image image) {
    Bitmap lines = Thinning.of(image);
    int w = image.width();
    int h = image.height();
    byte[] samples = new byte[w * h];
    Arrays.fill(samples, (byte) 255);
    int reach = (int) Math.ceil(width / 2 + 0.5) - 1;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        if (lines.ink(x, y)) {
          dot(samples, w, h, x, y, reach);
        }
      }
    }
    return Raster.of(w, h, 1, samples);
  }

  private void dot(byte[] samples, int w, int h, int x, int y, int reach) {
    for (int dy = Math.max(-reach, -y); dy <= Math.min(reach, h - 1 - y); dy++) {
      for (int dx = Math.max(-reach, -x); dx <= Math.min(reach, w - 1 - x); dx++) {
        double covered = Math.min(1, width / 2 + 0.5 - Math.sqrt(dx * dx + dy * dy));
        int at = (y + dy) * w + x + dx;
        if (covered > 0) {
          int paper = (int) Math.round(255 * (1 - covered));
          samples[at] = (byte) Math.min(samples[at] & 0xFF, paper);
        }
      }
    }
  }
}
