package dev.doppel.gallery;

import java.time.Instant;
import java.util.Map;

/**
 * One enrolled image as a gallery lists it.
 *
 * @param id stable for the gallery's life; never given twice
 * @param label what it shows
 * @param metadata exact texts to filter by
 * @param enrolled when
 * @param hasOriginal whether the picture itself is kept
 */
public record Item(
    long id, String label, Map<String, String> metadata, Instant enrolled, boolean hasOriginal) {

  public Item {
    metadata = Map.copyOf(metadata);
  }
}
