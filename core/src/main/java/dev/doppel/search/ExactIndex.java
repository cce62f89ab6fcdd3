package dev.doppel.search;

import dev.doppel.error.OptionException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Looks at every row, so it always finds the closest.
 *
 * <p>Rows lie in panels, and each panel is scored against many queries while it is near. The room
 * of removed rows is given back when they are more than the others. Memory: 4 bytes a number, and
 * 12 a row.
 */
public final class ExactIndex implements VectorIndex {

  private record State(Rows[] lists, int size) {}

  private final Scoring scoring;
  private final int threads;
  private final Lists lists; // guarded by this
  private volatile State state;

  /** An empty one that searches with all processors. */
  public ExactIndex(Metric metric, int dim) {
    this(metric, dim, Runtime.getRuntime().availableProcessors());
  }

  /**
   * An empty one.
   *
   * @param dim numbers in a row
   * @param threads at most so many search at a time for one caller, who is one of them
   * @throws OptionException if a number is out of range or the metric has other weights
   */
  public ExactIndex(Metric metric, int dim, int threads) {
    this(metric, dim, threads, Kernels.best());
  }

  ExactIndex(Metric metric, int dim, int threads, Kernels kernels) {
    OptionException.require(threads >= 1, "threads", threads, "at least 1");
    scoring = new Scoring(metric, dim, kernels);
    this.threads = threads;
    lists = new Lists(dim, 1);
    state = new State(lists.snapshot(), 0);
  }

  @Override
  public int dim() {
    return scoring.dim;
  }

  @Override
  public Metric metric() {
    return scoring.metric;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public int size() {
    return state.size();
  }

  @Override
  public synchronized long bytes() {
    return lists.bytes();
  }

  @Override
  public synchronized void put(int[] rows, float[] vectors) {
    Checks.put(rows, vectors, dim());
    for (int i = 0; i < rows.length; i++) {
      lists.put(0, rows[i], vectors, i * dim());
    }
    publish();
  }

  @Override
  public synchronized int remove(int... rows) {
    int before = lists.size();
    for (int row : rows) {
      lists.remove(row);
    }
    publish();
    return before - lists.size();
  }

  private void publish() {
    state = new State(lists.snapshot(), lists.size());
  }

  @Override
  public List<List<Hit>> searchAll(float[] queries, int k, IntPredicate allowed) {
    Checks.k(k);
    return Checks.rows(queries, dim()) == 0
        ? List.of()
        : Search.all(scoring, threads, state.lists(), queries, k, allowed);
  }

  @Override
  public float[] scores(float[] query, int... rows) {
    Checks.query(query, dim());
    Rows[] now;
    long[] places = new long[rows.length];
    synchronized (this) {
      now = state.lists();
      Arrays.setAll(places, i -> lists.place(rows[i]));
    }
    return Search.scores(scoring, now, places, query);
  }

  @Override
  public void scan(float[] query, ScoreSink sink) {
    Checks.query(query, dim());
    Search.each(scoring, state.lists(), 0, query, sink);
  }
}
