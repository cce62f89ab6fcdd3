package dev.doppel.model;

import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import java.util.List;

/**
 * Turns images into embeddings: one of the two identical twins.
 *
 * <p>Implementations are thread-safe.
 */
public interface Encoder {

  /** How an image becomes the plane this encoder reads; of several planes, the first. */
  Preprocess preprocess();

  /** The floats it reads of one image: a plane's, unless it looks at several. */
  default int inputLength() {
    return preprocess().length();
  }

  /**
   * Writes what it reads of an image.
   *
   * @param planes receives {@link #inputLength} floats from {@code offset} on
   */
  default void prepare(Image image, float[] planes, int offset) {
    preprocess().into(image, planes, offset);
  }

  /** Length of an embedding. */
  int dim();

  /**
   * Embeds planes that are already preprocessed.
   *
   * @param planes {@code [count, inputLength]}: a plane is {@code [channels, height, width]}
   * @param count number of images
   * @return {@code [count, dim]}, row-major
   */
  float[] embed(float[] planes, int count);

  /** Embeds images, each preprocessed first, in batches. */
  default Embeddings embed(List<? extends Image> images) {
    return Embeddings.of(this, images);
  }
}
