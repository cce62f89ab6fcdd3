package dev.doppel.search;

import dev.doppel.error.OptionException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Looks at every row, so it always finds the closest.
 *
 * <p>Rows lie in panels, and each panel is scored against many queries while it is near. The room
 * of removed rows is given back when they are as many as the others. Memory: 4 bytes a number, and
 * 8 a row.
 */
public final class ExactIndex implements VectorIndex {

  private final Scoring scoring;
  private final int threads;
  private final Numbering numbering = new Numbering(); // guarded by this
  private volatile Rows rows;
  private volatile int size;

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
    rows = Rows.empty(dim);
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
    return size;
  }

  @Override
  public synchronized long bytes() {
    return rows.bytes() + numbering.bytes();
  }

  @Override
  public synchronized void put(int[] numbers, float[] vectors) {
    Checks.put(numbers, vectors, dim());
    Rows next = rows;
    for (int i = 0; i < numbers.length; i++) {
      int old = numbering.set(numbers[i], next.slots());
      next = old < 0 ? next : next.remove(old);
      next = next.append(numbers[i], vectors, i * dim());
    }
    publish(next);
  }

  @Override
  public synchronized int remove(int... numbers) {
    Rows next = rows;
    int before = numbering.size();
    for (int number : numbers) {
      int old = numbering.clear(number);
      next = old < 0 ? next : next.remove(old);
    }
    publish(next);
    return before - numbering.size();
  }

  private void publish(Rows next) {
    int dead = next.slots() - numbering.size();
    rows = dead > Math.max(Kernel.ROWS, numbering.size()) ? compacted(next) : next;
    size = numbering.size();
  }

  private Rows compacted(Rows old) {
    Rows next = Rows.empty(dim());
    float[] vector = new float[dim()];
    for (int slot = 0; slot < old.slots(); slot++) {
      int row = old.row(slot);
      if (row >= 0) {
        old.get(slot, vector, 0);
        numbering.set(row, next.slots());
        next = next.append(row, vector, 0);
      }
    }
    return next;
  }

  @Override
  public List<List<Hit>> searchAll(float[] queries, int k, IntPredicate allowed) {
    Checks.k(k);
    return Checks.rows(queries, dim()) == 0
        ? List.of()
        : Search.all(scoring, threads, rows, queries, k, allowed);
  }

  @Override
  public float[] scores(float[] query, int... numbers) {
    Checks.query(query, dim());
    Rows now;
    int[] slots = new int[numbers.length];
    synchronized (this) {
      now = rows;
      Arrays.setAll(slots, i -> numbering.get(numbers[i]));
    }
    return Search.scores(scoring, now, slots, query);
  }

  @Override
  public void scan(float[] query, ScoreSink sink) {
    Checks.query(query, dim());
    Search.each(scoring, rows, query, sink);
  }
}
