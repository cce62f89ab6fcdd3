package dev.doppel.gallery.disk;

import dev.doppel.gallery.Enrolment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enrolments as rows with rising ids. */
final class EnrolmentSource implements ItemTable.Source {

  private final long first;
  private final List<Enrolment> enrolments;
  private final Instant enrolled;
  private int next;

  EnrolmentSource(long first, List<Enrolment> enrolments, Instant enrolled) {
    this.first = first;
    this.enrolments = enrolments;
    this.enrolled = enrolled;
  }

  @Override
  public @Nullable Row next() {
    if (next == enrolments.size()) {
      return null;
    }
    return Row.of(first + next, enrolments.get(next++), enrolled);
  }

  @Override
  public byte @Nullable [] original() {
    return enrolments.get(next - 1).original();
  }
}
