package dev.doppel.gallery;

import java.time.Instant;
import java.util.Map;

/**
 * One item on its way into a {@link Catalogue}. Immutable by promise.
 *
 * @param id beyond all that were given before
 * @param label what it shows
 * @param embedding {@code [dim]}
 * @param metadata exact texts to filter by; kept as it is, so equal ones had better be the same
 * @param enrolled when
 * @param hasOriginal whether the picture itself is kept
 */
public record Entry(
    long id,
    String label,
    float[] embedding,
    Map<String, String> metadata,
    Instant enrolled,
    boolean hasOriginal) {

  /** An enrolment that was given an id. */
  public static Entry of(long id, Enrolment enrolment, Instant enrolled) {
    return new Entry(
        id,
        enrolment.label(),
        enrolment.embedding(),
        enrolment.metadata(),
        enrolled,
        enrolment.original() != null);
  }
}
