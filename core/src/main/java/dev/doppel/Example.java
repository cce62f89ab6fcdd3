package dev.doppel;

import dev.doppel.image.Image;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image to enrol, with what is known of it.
 *
 * @param label what it shows
 * @param image the picture
 * @param metadata exact texts to filter by
 * @param original the picture file's bytes to keep beside the embedding, or null
 */
public record Example(
    String label, Image image, Map<String, String> metadata, byte @Nullable [] original) {

  /** An image with nothing but its label. */
  public static Example of(String label, Image image) {
    return new Example(label, image, Map.of(), null);
  }
}
