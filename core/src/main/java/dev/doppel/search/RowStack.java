package dev.doppel.search;

import dev.doppel.error.OptionException;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Rows numbered in the order they were added, none of which ever goes; whoever searches says which
 * still count. Adding gives another stack and leaves this one as it is, so that what belongs
 * together can be seen together, beside whatever is added meanwhile.
 *
 * <p>Immutable and thread-safe; both share the rows, so only the latest may be added to, by one
 * thread at a time, and handed on through a volatile field or a lock.
 */
public final class RowStack {

  private final Scoring scoring;
  private final int threads;
  private final Rows rows;
  private final int first;

  private RowStack(Scoring scoring, int threads, Rows rows, int first) {
    this.scoring = scoring;
    this.threads = threads;
    this.rows = rows;
    this.first = first;
  }

  /**
   * An empty one that is searched with all processors.
   *
   * @param dim numbers in a row
   * @throws OptionException if the metric has other weights
   */
  public static RowStack empty(Metric metric, int dim) {
    return new RowStack(
        new Scoring(metric, dim, Kernels.best()),
        Runtime.getRuntime().availableProcessors(),
        Rows.empty(dim),
        0);
  }

  /**
   * This with a row more, whose number is {@link #count()}.
   *
   * @param row {@code [dim]}, copied
   */
  public RowStack with(float[] row) {
    Checks.query(row, scoring.dim);
    return new RowStack(scoring, threads, rows.append(rows.slots(), row, 0), first);
  }

  /** This, but searches and scans see only rows from a number on, which keep their numbers. */
  public RowStack since(int number) {
    return new RowStack(scoring, threads, rows, number);
  }

  /** How many there are. */
  public int count() {
    return rows.slots();
  }

  /** Bytes of memory, as far as they grow with the rows. */
  public long bytes() {
    return rows.bytes();
  }

  /** A copy of a row. */
  public float[] row(int number) {
    float[] row = new float[scoring.dim];
    rows.get(number, row, 0);
    return row;
  }

  /** The closest rows that pass, as {@link VectorIndex#search(float[], int, IntPredicate)} says. */
  public List<Hit> search(float[] query, int k, IntPredicate allowed) {
    Checks.query(query, scoring.dim);
    Checks.k(k);
    return first == 0
        ? Search.all(scoring, threads, new Rows[] {rows}, query, k, allowed).get(0)
        : Search.since(scoring, rows, first, query, k, allowed);
  }

  /** The scores of all rows, as {@link VectorIndex#scan} says. */
  public void scan(float[] query, VectorIndex.ScoreSink sink) {
    Checks.query(query, scoring.dim);
    Search.each(scoring, new Rows[] {rows}, first, query, sink);
  }
}
