package dev.doppel.model;

import dev.doppel.augment.Affine;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import java.util.List;

/**
 * Several encoders, each looking at several views of an image, as one encoder.
 *
 * <p>An encoder's unit rows of all views are averaged and made unit length again; the parts of all
 * encoders follow each other, scaled so that the whole has unit length. The cosine of two such rows
 * is therefore the mean of the encoders' cosines, and a gallery indexes them as any others.
 *
 * <p>Views are rendered from the image itself, in the same single resampling as preprocessing.
 * Thread-safe if the encoders are.
 */
public final class JoinedEncoder implements Encoder {

  /** Planes that an encoder takes at once: enough to keep it busy, few enough for the cache. */
  private static final int BATCH = 64;

  private final List<Encoder> encoders;
  private final Views views;

  /**
   * @param encoders at least one, whose embeddings are compared by their cosine
   * @param views what each of them looks at
   */
  public JoinedEncoder(List<Encoder> encoders, Views views) {
    if (encoders.isEmpty()) {
      throw new IllegalArgumentException("no encoders to join");
    }
    this.encoders = List.copyOf(encoders);
    this.views = views;
  }

  /** Of the first encoder; the others may read other planes. */
  @Override
  public Preprocess preprocess() {
    return encoders.get(0).preprocess();
  }

  @Override
  public int dim() {
    return encoders.stream().mapToInt(Encoder::dim).sum();
  }

  @Override
  public int inputLength() {
    return encoders.stream()
        .mapToInt(each -> Math.multiplyExact(views.count(), each.inputLength()))
        .sum();
  }

  /** Writes every view for the first encoder, then every view for the next. */
  @Override
  public void prepare(Image image, float[] planes, int offset) {
    int at = offset;
    for (Encoder encoder : encoders) {
      for (Affine view : views.maps()) {
        double[] inverse = view.inverse(image.width(), image.height());
        encoder.preprocess().into(image, inverse, planes, at);
        at += encoder.inputLength();
      }
    }
  }

  @Override
  public float[] embed(float[] planes, int count) {
    int input = inputLength();
    if (count < 0 || planes.length != (long) count * input) {
      throw new IllegalArgumentException(
          planes.length + " values for " + count + " images of " + input);
    }
    int dim = dim();
    float[] rows = new float[Math.multiplyExact(count, dim)];
    int from = 0;
    int to = 0;
    for (Encoder encoder : encoders) {
      int length = views.count() * encoder.inputLength();
      float[] seen = new float[Math.multiplyExact(count, length)];
      for (int image = 0; image < count; image++) {
        System.arraycopy(planes, image * input + from, seen, image * length, length);
      }
      float[] each = inBatches(encoder, seen, count * views.count());
      for (int image = 0; image < count; image++) {
        joinViews(each, image, encoder.dim(), rows, image * dim + to);
      }
      from += length;
      to += encoder.dim();
    }
    return rows;
  }

  private static float[] inBatches(Encoder encoder, float[] planes, int count) {
    int input = encoder.inputLength();
    float[] rows = new float[Math.multiplyExact(count, encoder.dim())];
    for (int from = 0; from < count; from += BATCH) {
      int size = Math.min(BATCH, count - from);
      float[] batch = new float[size * input];
      System.arraycopy(planes, from * input, batch, 0, batch.length);
      float[] some = encoder.embed(batch, size);
      System.arraycopy(some, 0, rows, from * encoder.dim(), some.length);
    }
    return rows;
  }

  /** The mean direction of an image's views, of length 1/√encoders. */
  private void joinViews(float[] each, int image, int dim, float[] rows, int to) {
    double[] sum = new double[dim];
    for (int view = 0; view < views.count(); view++) {
      int row = (image * views.count() + view) * dim;
      double scale = perLength(each, row, dim);
      for (int k = 0; k < dim; k++) {
        sum[k] += each[row + k] * scale;
      }
    }
    for (int k = 0; k < dim; k++) {
      rows[to + k] = (float) sum[k];
    }
    double scale = perLength(rows, to, dim) / Math.sqrt(encoders.size());
    for (int k = 0; k < dim; k++) {
      rows[to + k] *= (float) scale;
    }
  }

  /** 1 over the length of a row; 0 if it has none. */
  private static double perLength(float[] values, int from, int dim) {
    double squares = 0;
    for (int k = from; k < from + dim; k++) {
      squares += (double) values[k] * values[k];
    }
    return squares == 0 ? 0 : 1 / Math.sqrt(squares);
  }
}
