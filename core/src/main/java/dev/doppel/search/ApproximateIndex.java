package dev.doppel.search;

import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Looks only into the cells near a query, where almost always the closest row is.
 *
 * <p>Rows are kept as they were put, divided among cells by the closest of some centres (an
 * inverted file, Jégou et al. 2011), so scores are exact, and rows come and go at once. How many
 * cells there are and which a query looks into is measured when they are made, against exact
 * answers for rows of the index itself. They are made anew when the index has doubled or shrunk to
 * a quarter, by the thread whose change that was; searches go on meanwhile. A small index, one
 * whose rows show no order that would help, and every search with a filter are searched row by row.
 *
 * <p>Memory: as an {@link ExactIndex}, and half a panel a cell; twice that while cells are made.
 * The same rows and seed give the same cells.
 */
public final class ApproximateIndex implements VectorIndex {

  /**
   * How to search.
   *
   * @param recall how often the closest row is to be found, below 1
   * @param threads at most so many search at a time for one caller, who is one of them
   * @param smallest rows from which cells are made
   * @param seed of what is drawn when cells are made
   */
  public record Options(double recall, int threads, int smallest, long seed) {

    public Options {
      OptionException.require(recall > 0 && recall < 1, "recall", recall, "between 0 and 1");
      OptionException.require(threads >= 1, "threads", threads, "at least 1");
      OptionException.require(smallest >= 100, "smallest", smallest, "at least 100");
    }

    /** 99 of 100 found, with all processors, from 10,000 rows on. */
    public static Options defaults() {
      return new Options(0.99, Runtime.getRuntime().availableProcessors(), 10_000, 1);
    }

    /** The same with other threads. */
    public Options withThreads(int other) {
      return new Options(recall, other, smallest, seed);
    }
  }

  private record State(Cells cells, Rows[] lists, int size) {}

  private final Scoring scoring;
  private final Options options;
  private final Object placing = new Object();
  private Lists lists; // changed under this and placing, both; read under either
  private int sizeWhenDivided; // guarded by this
  private volatile State state;

  /**
   * An empty one.
   *
   * @param dim numbers in a row
   * @throws OptionException if {@code dim} is out of range, or the metric is {@link
   *     Metric.WeightedL1} with weights above 0 or with other than {@code dim} weights: cells need
   *     a distance
   */
  public ApproximateIndex(Metric metric, int dim, Options options) {
    this(metric, dim, options, Kernels.best());
  }

  ApproximateIndex(Metric metric, int dim, Options options, Kernels kernels) {
    requireDistance(metric);
    scoring = new Scoring(metric, dim, kernels);
    this.options = options;
    lists = new Lists(dim, 1);
    state = new State(Cells.one(dim), lists.snapshot(), 0);
  }

  private static void requireDistance(Metric metric) {
    if (metric instanceof Metric.WeightedL1 l1) {
      for (float weight : l1.weights()) {
        if (weight > 0) {
          throw new OptionException(
              "The metric weighted-l1 has a weight of " + weight,
              "An approximate index needs weights of one sign, none above 0, so that near is close",
              "Search exactly");
        }
      }
    }
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
    return false;
  }

  @Override
  public int size() {
    return state.size();
  }

  /** The cells that rows are divided among; 1 if none were made. */
  public int cells() {
    return state.cells().count();
  }

  @Override
  public long bytes() {
    synchronized (placing) {
      return lists.bytes() + state.cells().centres().bytes();
    }
  }

  @Override
  public synchronized void put(int[] rows, float[] vectors) {
    putUndivided(rows, vectors);
    if (lists.size() >= options.smallest() && lists.size() >= 2L * sizeWhenDivided) {
      divide();
    }
  }

  /**
   * As {@link #put}, but the cells stay as they are: for many rows that come in parts, to be
   * followed by {@link #divide}.
   */
  public synchronized void putUndivided(int[] rows, float[] vectors) {
    Checks.put(rows, vectors, dim());
    Cells cells = state.cells();
    int[] to = cells.of(scoring, options.threads(), vectors);
    synchronized (placing) {
      for (int i = 0; i < rows.length; i++) {
        lists.put(to[i], rows[i], vectors, i * dim());
      }
      publish(cells, lists);
    }
  }

  /** Makes the cells anew for the rows of now; after many changes, searches may gain by it. */
  public synchronized void divide() {
    sizeWhenDivided = lists.size();
    Cells cells =
        lists.size() < options.smallest()
            ? Cells.one(dim())
            : Cells.divide(
                scoring, options.threads(), lists, options.recall(), Seed.of(options.seed()));
    Lists divided = cells.fill(scoring, options.threads(), lists);
    synchronized (placing) {
      publish(cells, divided);
    }
  }

  @Override
  public synchronized int remove(int... rows) {
    int before = lists.size();
    synchronized (placing) {
      for (int row : rows) {
        lists.remove(row);
      }
      publish(state.cells(), lists);
    }
    int removed = before - lists.size();
    if (lists.size() < sizeWhenDivided / 4) {
      divide();
    }
    return removed;
  }

  private void publish(Cells cells, Lists next) {
    lists = next;
    state = new State(cells, next.snapshot(), next.size());
  }

  @Override
  public List<List<Hit>> searchAll(float[] queries, int k, IntPredicate allowed) {
    Checks.k(k);
    if (Checks.rows(queries, dim()) == 0) {
      return List.of();
    }
    State now = state;
    if (allowed != ALL || now.lists().length == 1) {
      return Search.all(scoring, options.threads(), now.lists(), queries, k, allowed);
    }
    int[][] cells = now.cells().toProbe(scoring, options.threads(), queries);
    List<List<Hit>> found =
        Probing.search(scoring, options.threads(), now.lists(), cells, queries, k);
    for (int q = 0; q < found.size(); q++) {
      if (found.get(q).size() < Math.min(k, now.size())) {
        // The cells hold fewer than were asked for.
        float[] query = Arrays.copyOfRange(queries, q * dim(), (q + 1) * dim());
        found.set(q, Search.all(scoring, options.threads(), now.lists(), query, k, allowed).get(0));
      }
    }
    return Collections.unmodifiableList(found);
  }

  @Override
  public float[] scores(float[] query, int... rows) {
    Checks.query(query, dim());
    Rows[] now;
    long[] places = new long[rows.length];
    synchronized (placing) {
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
