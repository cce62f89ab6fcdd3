package dev.doppel.gallery;

import dev.doppel.error.OptionException;
import java.text.Normalizer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One image on its way into a gallery. Immutable by promise: nobody writes to the arrays.
 *
 * @param label what it shows; kept with its accents composed (Unicode's NFC), as two spellings look
 *     the same
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

  /** What decoders put in the place of bytes that they cannot read. */
  private static final int REPLACEMENT = 0xFFFD;

  private static final int MAX_KEY = 64;
  private static final int MAX_VALUE = 1024;

  /**
   * @throws OptionException if the label or the metadata cannot be kept
   */
  public Enrolment( // in full: a compact one would not tell other modules what may be null
      String label, float[] embedding, Map<String, String> metadata, byte @Nullable [] original) {
    String composed = Normalizer.normalize(label, Normalizer.Form.NFC);
    checkLabel(composed);
    checkMetadata(metadata);
    this.label = composed;
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
   * Refuses a new label that people could not tell from another: one that is blank, too long,
   * begins or ends with a blank, holds characters that control what is seen or are not seen, or has
   * accents apart from their letters.
   *
   * @throws OptionException saying which
   */
  public static void checkLabel(String label) {
    checkKeptLabel(label);
    if (!label.equals(label.strip())) {
      throw refusedLabel(
          label, "A label begins and ends with what can be seen", "Leave the blanks around it out");
    }
    if (!Normalizer.isNormalized(label, Normalizer.Form.NFC)) {
      throw refusedLabel(
          label,
          "A label has its accents composed with their letters (Unicode's NFC)",
          "Write it so");
    }
    label
        .codePoints()
        .filter(c -> c == REPLACEMENT)
        .findFirst()
        .ifPresent(
            c -> {
              throw refusedLabel(
                  label,
                  "A label holds no U+FFFD, which stands for bytes that were no text",
                  "Write it in UTF-8, or leave that out");
            });
    label
        .codePoints()
        .filter(c -> steers(c) || isUnseen(c))
        .findFirst()
        .ifPresent(
            c -> {
              throw refusedLabel(
                  label,
                  "A label holds no character that breaks lines, turns the direction of writing or is"
                      + " never seen;"
                      + " there is U+%04X".formatted(c),
                  "Leave it out");
            });
  }

  /**
   * Refuses a label that no gallery ever kept; those kept before {@link #checkLabel} asked for more
   * stay readable.
   *
   * @throws OptionException saying why
   */
  public static void checkKeptLabel(String label) {
    if (label.isBlank() || label.length() > MAX_LABEL || !printable(label)) {
      throw refusedLabel(
          label,
          "A label has 1 to %d characters, not all blank and none for control".formatted(MAX_LABEL),
          "Choose another");
    }
  }

  private static OptionException refusedLabel(String label, String allowed, String next) {
    return new OptionException("Label \"%s\"".formatted(shown(label)), allowed, next);
  }

  /** Unicode's Bidi_Control, which makes a label look like another, and its breaks of lines. */
  private static boolean steers(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** Zero-width blanks; joiners are left, as some scripts need them. */
  private static boolean isUnseen(int c) {
    return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD || c == 0x180E;
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
    return start
        .codePoints()
        .map(c -> Character.isISOControl(c) || steers(c) || isUnseen(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
