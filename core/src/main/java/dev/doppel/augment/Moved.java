package dev.doppel.augment;

import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.InkBox;
import dev.doppel.image.Warp;

/** Ink turned and scaled about the middle of its box, and kept on the sheet. */
final class Moved {

  /** Each pixel is ink where the mean of as many samples each way is. */
  private static final int SAMPLES = 3;

  private Moved() {}

  static Bitmap of(Image image, double rotation, double scale) {
    int w = image.width();
    int h = image.height();
    InkBox box = InkBox.of(image);
    double[] about = new Affine(rotation, 0, 0, scale, scale, 0, 0).matrix(w, h);
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int y = box.top(); y <= box.bottom(); y++) {
      for (int x = box.left(); x <= box.right(); x++) {
        if (image.sample(x, y, 0) < 128) {
          double toX = about[0] * x + about[1] * y + about[2];
          double toY = about[3] * x + about[4] * y + about[5];
          left = Math.min(left, toX);
          right = Math.max(right, toX);
          top = Math.min(top, toY);
          bottom = Math.max(bottom, toY);
        }
      }
    }
    if (box.isEmpty()) {
      return Bitmap.of(image);
    }
    double middleX = about[0] * box.middleX() + about[1] * box.middleY() + about[2];
    double middleY = about[3] * box.middleX() + about[4] * box.middleY() + about[5];
    double half = scale / 2;
    double shiftX = onto(box.middleX() - middleX, left - half, right + half, w);
    double shiftY = onto(box.middleY() - middleY, top - half, bottom + half, h);
    return render(image, new Affine(rotation, 0, 0, scale, scale, shiftX, shiftY));
  }

  /**
   * The shift nearest to the one wanted that keeps a stretch on the sheet, or halves what is over.
   */
  private static double onto(double wanted, double from, double to, int length) {
    double least = -0.5 - from;
    double most = length - 0.5 - to;
    return least > most ? (least + most) / 2 : Math.max(least, Math.min(most, wanted));
  }

  private static Bitmap render(Image image, Affine map) {
    int w = image.width();
    int h = image.height();
    int fine = w * SAMPLES;
    float[] plane = new float[fine * h * SAMPLES];
    Warp.render(image, 0, map.inverse(w, h), fine, h * SAMPLES, plane, 0);
    Bitmap.Builder sheet = new Bitmap.Builder(w, h);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        float sum = 0;
        for (int sub = 0; sub < SAMPLES * SAMPLES; sub++) {
          sum += plane[(y * SAMPLES + sub / SAMPLES) * fine + x * SAMPLES + sub % SAMPLES];
        }
        if (sum < SAMPLES * SAMPLES / 2f) {
          sheet.ink(x, y);
        }
      }
    }
    return sheet.build();
  }
}
