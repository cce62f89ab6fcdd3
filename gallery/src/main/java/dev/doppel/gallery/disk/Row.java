package dev.doppel.gallery.disk;

import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Entry;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item as the file holds it. Immutable by promise.
 *
 * @param enrolled milliseconds since 1970
 * @param embedding little-endian floats
 * @param metadata as JSON, or null for none
 * @param originalBytes length of the original; −1 without one
 * @param originalSeal its checksum; 0 without one
 */
record Row(
    long id,
    String label,
    long enrolled,
    byte[] embedding,
    @Nullable String metadata,
    long originalBytes,
    long originalSeal) {

  static Row of(long id, Enrolment enrolment, Instant enrolled) {
    byte[] original = enrolment.original();
    return new Row(
        id,
        enrolment.label(),
        enrolled.toEpochMilli(),
        FloatBytes.of(enrolment.embedding()),
        MetadataText.of(enrolment.metadata()),
        original == null ? -1 : original.length,
        original == null ? 0 : RowSeal.of(original));
  }

  Row withEmbedding(byte[] other) {
    return new Row(id, label, enrolled, other, metadata, originalBytes, originalSeal);
  }

  boolean hasOriginal() {
    return originalBytes >= 0;
  }

  Entry entry(float[] floats, Map<String, String> parsed) {
    return new Entry(id, label, floats, parsed, Instant.ofEpochMilli(enrolled), hasOriginal());
  }
}
