package dev.doppel.gallery;

import dev.doppel.error.GalleryException;
import dev.doppel.error.OptionException;
import dev.doppel.model.Head;
import dev.doppel.model.Twin;

/**
 * Which model a gallery's embeddings come from. Embeddings of different models cannot be compared.
 *
 * @param name what people call the model
 * @param fingerprint what stands for all that makes its scores
 * @param dim length of an embedding
 * @param head what turns two embeddings into a score
 */
public record ModelStamp(String name, String fingerprint, int dim, Head head) {

  /** The stamp of a twin. */
  public static ModelStamp of(Twin twin) {
    return new ModelStamp(twin.name(), twin.fingerprint(), twin.encoder().dim(), twin.head());
  }

  /**
   * Refuses a model other than this one.
   *
   * @param gallery for the message
   * @throws GalleryException naming both
   */
  public void require(String gallery, ModelStamp other) {
    if (!fingerprint.equals(other.fingerprint)) {
      throw new GalleryException(
          "Gallery %s was embedded by %s, and %s was given".formatted(gallery, name, other.name),
          "Embeddings of different models cannot be compared",
          "Use " + name + ", or move the gallery with `doppel gallery reembed`");
    }
  }

  /**
   * Refuses an embedding that is none of this model's.
   *
   * @throws OptionException if its length differs or it holds what is no finite number
   */
  public void checkEmbedding(float[] embedding) {
    if (embedding.length != dim) {
      throw new OptionException(
          "An embedding of %d numbers".formatted(embedding.length),
          "%s gives %d".formatted(name, dim),
          "Embed the image with that model");
    }
    for (float value : embedding) {
      if (!Float.isFinite(value)) {
        throw new OptionException(
            "An embedding that holds " + value,
            "Embeddings are finite numbers",
            "The model is damaged or its training diverged: use another, or train again");
      }
    }
  }
}
