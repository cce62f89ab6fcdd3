package dev.doppel.search;

import dev.doppel.error.OptionException;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Rows of numbers by row number, and the search for those closest to a query.
 *
 * <p>Row numbers are the caller's; memory grows with the highest, so they should be small. Scores
 * are those of the {@link Metric} on the numbers as they were put, higher is closer, and of rows
 * with one score the lower number comes first. What is found depends neither on the number of
 * threads nor on whether queries are asked together or one by one.
 *
 * <p>Thread-safe. A search sees each change wholly or not at all, and holds up neither another
 * search nor a change. Nothing here outlives the process: an index is derived from data kept
 * elsewhere.
 */
public interface VectorIndex {

  /** Every row. */
  IntPredicate ALL = row -> true;

  /** Takes the scores of a scan. */
  @FunctionalInterface
  interface ScoreSink {

    /** One row and its score. */
    void accept(int row, float score);
  }

  /** Numbers in a row. */
  int dim();

  /** How close two rows are. */
  Metric metric();

  /** Whether a search always finds the closest rows; a search with a filter does in any case. */
  boolean exact();

  /** The rows it holds. */
  int size();

  /** Bytes of memory, as far as they grow with the rows. */
  long bytes();

  /**
   * Adds rows, or replaces those whose number is there already; all of them or none.
   *
   * @param rows their numbers, each 0 to 2<sup>30</sup> − 1 and only once
   * @param vectors {@code [rows, dim]}, row-major, finite; copied
   * @throws OptionException if the lengths do not fit, or a number is not allowed
   */
  void put(int[] rows, float[] vectors);

  /**
   * Removes those rows that are there.
   *
   * @return how many there were
   */
  int remove(int... rows);

  /** The closest rows among all; see {@link #search(float[], int, IntPredicate)}. */
  default List<Hit> search(float[] query, int k) {
    return search(query, k, ALL);
  }

  /**
   * The closest rows that pass, closest first.
   *
   * @param query {@code [dim]}, finite
   * @param k at most so many, at least 1
   * @param allowed which row numbers pass; asked from several threads, and not about every row
   * @throws OptionException if the query's length does not fit, or a number is not allowed
   */
  default List<Hit> search(float[] query, int k, IntPredicate allowed) {
    Checks.length(query.length, dim());
    return searchAll(query, k, allowed).get(0);
  }

  /** The closest rows to each query; see {@link #searchAll(float[], int, IntPredicate)}. */
  default List<List<Hit>> searchAll(float[] queries, int k) {
    return searchAll(queries, k, ALL);
  }

  /**
   * The closest rows to each of many queries, all from one state of the index.
   *
   * @param queries {@code [count, dim]}, row-major, finite
   * @param k at most so many for each, at least 1
   * @param allowed which row numbers pass; asked from several threads, and not about every row
   */
  List<List<Hit>> searchAll(float[] queries, int k, IntPredicate allowed);

  /**
   * The scores of chosen rows.
   *
   * @param query {@code [dim]}, finite
   * @param rows their numbers
   * @return a score each, NaN for a row that is not there
   */
  float[] scores(float[] query, int... rows);

  /**
   * Hands over the score of every row, in no particular order, on the calling thread.
   *
   * @param query {@code [dim]}, finite
   */
  void scan(float[] query, ScoreSink sink);
}
