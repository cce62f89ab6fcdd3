package dev.doppel.gallery;

import dev.doppel.error.OptionException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One image on its way into a gallery. Immutable by promise: nobody writes to the arrays.
 *
 * @param label what it shows
 * @param embedding {@code [dim]}
 * @param metadata exact texts to filter by
 * @param original the picture file's bytes, or null to keep none
 */
public record Enrolment(
    String label, float[] embedding, Map<String, String> metadata, byte @Nullable [] original) {

  /** The longest label, in characters. */
  public static final int MAX_LABEL = 256;

  /** The most metadata of an item, and the longest key and value, in characters. */
  public static final int MAX_METADATA = 32;

  private static final int MAX_KEY = 64;
  private static final int MAX_VALUE = 1024;

  /**
   * @throws OptionException if the label or the metadata cannot be kept
   */
  public Enrolment( // in full: a compact one would not tell other modules what may be null
      String label, float[] embedding, Map<String, String> metadata, byte @Nullable [] original) {
    checkLabel(label);
    checkMetadata(metadata);
    this.label = label;
    this.embedding = embedding;
    this.metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    this.original = original;
  }

  /** An image whose picture file is kept, if there is one. */
  public static Enrolment of(
      String label, float[] embedding, Map<String, String> metadata, Optional<byte[]> original) {
    return new Enrolment(label, embedding, metadata, original.orElse(null));
  }

  /** One of which no picture is kept. */
  public static Enrolment of(String label, float[] embedding, Map<String, String> metadata) {
    return new Enrolment(label, embedding, metadata, null);
  }

  /**
   * Refuses a label that is blank, too long, or holds control characters.
   *
   * @throws OptionException saying which
   */
  public static void checkLabel(String label) {
    if (label.isBlank() || label.length() > MAX_LABEL || !printable(label)) {
      throw new OptionException(
          "Label \"%s\"".formatted(shown(label)),
          "A label has 1 to %d characters, not all blank and none for control".formatted(MAX_LABEL),
          "Choose another");
    }
  }

  private static void checkMetadata(Map<String, String> metadata) {
    if (metadata.size() > MAX_METADATA) {
      throw new OptionException(
          metadata.size() + " metadata", "An item has " + MAX_METADATA + " at most", "Give fewer");
    }
    metadata.forEach(
        (key, value) -> {
          if (key.isBlank() || key.length() > MAX_KEY || !printable(key)) {
            throw new OptionException(
                "Metadata key \"%s\"".formatted(shown(key)),
                "A key has 1 to %d characters, none for control".formatted(MAX_KEY),
                "Choose another");
          }
          if (value.length() > MAX_VALUE || !printable(value)) {
            throw new OptionException(
                "Metadata %s=\"%s\"".formatted(key, shown(value)),
                "A value has at most %d characters, none for control".formatted(MAX_VALUE),
                "Shorten it");
          }
        });
  }

  /** No control characters, and no halves of surrogate pairs, which no file could hold. */
  private static boolean printable(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private static String shown(String text) {
    String start = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
