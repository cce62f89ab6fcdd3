package dev.doppel.search;

/**
 * Scores whole panels of rows under one metric and length of rows: the inner loop of every search.
 *
 * <p>A panel holds {@link #ROWS} rows, number by number: {@code panel[d * ROWS + r]} is number
 * {@code d} of row {@code r}. Rows thus lie side by side in a vector register and each sums up in
 * order of {@code d}, so a row has one score, whatever it is scored together with. The score is
 * that of the {@link Metric} but for what changes no order: the Euclidean distance is squared (and
 * negated), and weighted L1 is without its bias. Thread-safe.
 */
public interface Kernel {

  /** Rows of a panel; their passing fits the bits of a long. */
  int ROWS = 64;

  /** Queries of a group. With 32 registers 4 × 6 sums stay in them, with 16 registers 2 × 6. */
  int GROUP = 6;

  /**
   * What one call found.
   *
   * @param masks {@code [GROUP]}: bit r says that row r reached the query's threshold
   * @param scores {@code [GROUP, ROWS]}: the scores of a query with a bit set; else anything
   */
  record Found(long[] masks, float[] scores) {

    /** Room for a group. */
    public Found() {
      this(new long[GROUP], new float[GROUP * ROWS]);
    }
  }

  /**
   * Scores a panel against one query.
   *
   * @param panels where it lies
   * @param at its beginning
   * @param queries where the query's {@code dim} numbers lie, one after the other
   * @param from their beginning
   * @param thresholds the score to reach, at {@code first}; −∞ lets every row pass
   * @return whether a row reached it; {@code found} is of use only then
   */
  boolean one(
      float[] panels,
      int at,
      float[] queries,
      int from,
      float[] thresholds,
      int first,
      Found found);

  /**
   * Scores a panel against a group of queries.
   *
   * @param queries {@code queries[from + d * GROUP + q]} is number {@code d} of query {@code q}
   * @param thresholds the scores to reach, from {@code first} on
   * @return whether a row reached one; {@code found} is of use only then
   */
  boolean group(
      float[] panels,
      int at,
      float[] queries,
      int from,
      float[] thresholds,
      int first,
      Found found);
}
