package dev.doppel.image;

import java.util.List;

/**
 * How an image becomes the planes an encoder reads: warped to a size, inverted if the encoder wants
 * ink bright, shifted and scaled a channel. Immutable and thread-safe.
 *
 * @param width columns of a plane
 * @param height rows of a plane
 * @param channels 1 for grey, 3 for red, green, blue
 * @param invert whether black becomes 1 and white 0, so that ink is what shines
 * @param centred whether the image is moved so that its ink's centre of mass is in the middle
 * @param mean what is subtracted from each channel's samples in 0 … 1
 * @param std what the difference is then divided by, a channel
 * @param framing how a picture of another shape fills the planes
 */
public record Preprocess(
    int width,
    int height,
    int channels,
    boolean invert,
    boolean centred,
    List<Float> mean,
    List<Float> std,
    Framing framing) {

  public Preprocess {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "planes of " + width + "×" + height + " with " + channels + " channels");
    }
    if (mean.size() != channels
        || std.size() != channels
        || std.contains(0f)
        || std.contains(-0f)) {
      throw new IllegalArgumentException(
          "mean " + mean + " and std " + std + " for " + channels + " channels");
    }
  }

  /** One that stretches pictures of another shape. */
  public Preprocess(
      int width,
      int height,
      int channels,
      boolean invert,
      boolean centred,
      List<Float> mean,
      List<Float> std) {
    this(width, height, channels, invert, centred, mean, std, Framing.STRETCH);
  }

  /** Handwriting on a square plane as it is: ink is 1, paper 0. */
  public static Preprocess ink(int side) {
    return new Preprocess(side, side, 1, true, false, List.of(0f), List.of(1f));
  }

  /** The same with other centring. */
  public Preprocess withCentred(boolean moved) {
    return new Preprocess(width, height, channels, invert, moved, mean, std, framing);
  }

  /** The number of floats of one image: {@code channels · height · width}. */
  public int length() {
    return channels * height * width;
  }

  /** Writes the planes of an undistorted image at an offset of {@code planes}. */
  public void into(Image image, float[] planes, int offset) {
    into(image, Warp.IDENTITY, planes, offset);
  }

  /**
   * Writes the planes of an image seen through an affine map.
   *
   * @param inverse see {@link Warp}
   */
  public void into(Image image, double[] inverse, float[] planes, int offset) {
    int w = image.width();
    int h = image.height();
    double[] map = centred ? InkCentre.of(image).inTheMiddle(inverse, w, h) : inverse;
    boolean photograph = !invert && framing != Framing.PAD;
    Warp.planes(
        image,
        channels,
        framing.frame(map, w, h, width, height),
        photograph,
        width,
        height,
        planes,
        offset);
    normalise(planes, offset);
  }

  /**
   * Writes the plane of handwriting seen through an affine map and bent.
   *
   * @throws IllegalStateException if this is not for handwriting: inverted, and stretched
   */
  public void into(Image image, double[] inverse, Bend bend, float[] planes, int offset) {
    if (!invert || channels != 1 || framing != Framing.STRETCH) {
      throw new IllegalStateException("only handwriting on one stretched plane is bent: " + this);
    }
    double[] map =
        centred ? InkCentre.of(image).inTheMiddle(inverse, image.width(), image.height()) : inverse;
    Warp.bent(image, map, bend, width, height, planes, offset);
    normalise(planes, offset);
  }

  private void normalise(float[] planes, int offset) {
    int area = width * height;
    for (int channel = 0; channel < channels; channel++) {
      int from = offset + channel * area;
      float sign = (invert ? -1 : 1) / std.get(channel);
      float shift = ((invert ? 1 : 0) - mean.get(channel)) / std.get(channel);
      for (int i = from; i < from + area; i++) {
        planes[i] = sign * planes[i] + shift;
      }
    }
  }
}
