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

  /** How an image becomes the plane this encoder reads. */
  Preprocess preprocess();

  /** Length of an embedding. */
  int dim();

  /**
   * Embeds planes that are already preprocessed.
   *
   * @param planes {@code [count, channels, height, width]}, row-major
   * @param count number of planes
   * @return {@code [count, dim]}, row-major
   */
  float[] embed(float[] planes, int count);

  /** Embeds images, each preprocessed first, in batches. */
  default Embeddings embed(List<? extends Image> images) {
    return Embeddings.of(this, images);
  }
}
