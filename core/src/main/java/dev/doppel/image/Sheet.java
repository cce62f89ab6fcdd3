package dev.doppel.image;

import dev.doppel.error.OptionException;

/**
 * A square sheet with room around what is drawn: the ink's box is scaled, both ways alike, until
 * its longer side takes a given share of the sheet, and laid in the middle.
 *
 * <p>Sets differ in this: a digit of MNIST fills 20 of 28 pixels, a character of Omniglot about two
 * thirds of its sheet. Immutable and thread-safe.
 *
 * @param side columns and rows
 * @param ink the longer side of the ink's box as a share of {@code side}, above 0 to 1; 0 leaves
 *     the image as it fills its own sheet
 */
public record Sheet(int side, double ink) {

  public Sheet {
    OptionException.require(side >= 8 && side <= 1024, "side", side, "from 8 to 1024 pixels");
    OptionException.require(
        ink == 0 || (ink >= 0.05 && ink <= 1), "ink", ink, "0, or a share from 0.05 to 1");
  }

  /** The image on such a sheet, in grey; a blank one stays blank. */
  public Image place(Image image) {
    int w = image.width();
    int h = image.height();
    InkBox box = InkBox.of(image);
    double[] inverse = Framing.PAD.frame(Warp.IDENTITY, w, h, side, side);
    if (ink > 0 && !box.isEmpty()) {
      // From places of the sheet, measured in pixels of the image, back to the image.
      double zoom = Math.max(box.width(), box.height()) / (ink * side);
      double a = zoom * side / w;
      double e = zoom * side / h;
      inverse =
          new double[] {
            a, 0, box.middleX() - a * (w - 1) / 2.0, 0, e, box.middleY() - e * (h - 1) / 2.0
          };
    }
    float[] plane = new float[side * side];
    Warp.render(image, image.channels() == 1 ? 0 : -1, inverse, side, side, plane, 0);
    return Raster.ofPlane(side, side, plane);
  }
}
