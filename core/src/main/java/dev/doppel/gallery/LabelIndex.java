package dev.doppel.gallery;

import dev.doppel.search.ApproximateIndex;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An approximate index over one row a label, which follows a catalogue by itself.
 *
 * <p>It needs not keep up with each change. Rows of a catalogue never change and, once dead, stay
 * dead, so a search asks the index for what it covers, drops what its own view does not count, and
 * looks at the few rows that came since one by one. Rows are only ever added to an index; one that
 * holds too many dead ones gives way to another, and whoever still searches keeps the old. Thread-
 * safe; a view older than what is covered, or numbered otherwise, is searched without it.
 */
final class LabelIndex {

  private static final System.Logger LOG = System.getLogger(LabelIndex.class.getName());

  /** Rows that are added at a time. */
  private static final int BATCH = 4096;

  private static final ThreadPoolExecutor BACKGROUND = background();

  private final ModelStamp model;
  private final SearchMode.Indexing indexing;
  private final Supplier<View> latest;
  private final AtomicBoolean working = new AtomicBoolean();
  private volatile @Nullable Covering covering;
  private volatile boolean failed;

  /** Labels that showed no order when an index was last made of them. */
  private volatile int unordered;

  /**
   * What of a catalogue an index holds: its live rows before these places, as of one edition.
   *
   * @param index holds these rows, and perhaps others with higher numbers
   * @param places where each row lies: with the items, or, if negative, at {@code ~place} with the
   *     prototypes
   * @param slots how many items are covered
   * @param prototypes how many prototypes are covered
   */
  record Covering(
      ApproximateIndex index,
      IntPages places,
      int slots,
      int prototypes,
      Edition edition,
      long bytes) {

    /** The label that a row of the index stands for in a view, or −1. */
    int label(View view, int row) {
      if (row >= places.count()) {
        return -1; // added since, so it is looked for elsewhere
      }
      int place = places.get(row);
      return place >= 0 ? view.soleOf.get(place) : view.prototypeOf.get(~place);
    }

    /** Rows of a view that came since. */
    int behind(View view) {
      return view.rows.count() - slots + view.prototypes.count() - prototypes;
    }
  }

  /**
   * An empty one.
   *
   * @param latest gives what is there now
   */
  LabelIndex(ModelStamp model, SearchMode.Indexing indexing, Supplier<View> latest) {
    this.model = model;
    this.indexing = indexing;
    this.latest = latest;
  }

  private static ThreadPoolExecutor background() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, "doppel-indexing");
              made.setDaemon(true);
              return made;
            });
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  /** Runs a task on the one thread that makes indexes of all galleries; it keeps no JVM alive. */
  static void inBackground(Runnable task) {
    BACKGROUND.execute(task);
  }

  /** What a view can be searched with, if anything. */
  @Nullable Covering of(View view) {
    Covering now = covering;
    return now != null
            && view.edition.follows(now.edition)
            && now.behind(view) <= now.places.count() // else one by one is no quicker
        ? now
        : null;
  }

  /** Bytes of memory. */
  long bytes() {
    Covering now = covering;
    return now == null ? 0 : now.bytes;
  }

  /** Has the index follow, if there is enough that it lacks. */
  void follow() {
    if (isDue(latest.get()) && working.compareAndSet(false, true)) {
      indexing.background().execute(this::work);
    }
  }

  private void work() {
    try {
      for (View view = latest.get(); isDue(view); view = latest.get()) {
        covering = cover(view);
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      failed = true;
      covering = null;
      LOG.log(
          System.Logger.Level.WARNING,
          "The index of %s could not be made; searches are exact".formatted(model.name()),
          e);
    } finally {
      working.set(false);
    }
    follow(); // a change that came between saw this at work
  }

  private boolean isDue(View view) {
    Covering now = covering;
    int smallest = indexing.options().smallest();
    int labels = view.names.count();
    if (failed || now == null) {
      return !failed && labels >= smallest && labels >= 2L * unordered;
    }
    return isSpent(now, view) || now.behind(view) > smallest / 10 + now.places.count() / 16;
  }

  /** Whether it is of use no more: numbered otherwise, or most of it dead. */
  private boolean isSpent(Covering now, View view) {
    int many = indexing.options().smallest() / 10;
    return !view.edition.follows(now.edition)
        || now.places.count() > 2L * view.names.count() + many;
  }

  private @Nullable Covering cover(View view) {
    Covering now = covering;
    if (now != null && !isSpent(now, view)) {
      return added(now.index, now.places.snapshot(), now.slots, now.prototypes, view);
    }
    if (view.names.count() < indexing.options().smallest()) {
      return null;
    }
    ApproximateIndex index =
        new ApproximateIndex(LabelSearch.metric(model.head()), model.dim(), indexing.options());
    return added(index, new IntPages(), 0, 0, view);
  }

  /** An index with what a view counts from these places on. */
  private @Nullable Covering added(
      ApproximateIndex index, IntPages places, int slots, int prototypes, View view) {
    boolean isNew = places.count() == 0;
    Batch batch = new Batch(index, places, isNew);
    for (int slot = slots; slot < view.rows.count(); slot++) {
      if (view.soleOf.get(slot) >= 0) {
        batch.add(slot, UnitRow.of(view.rows.row(slot)));
      }
    }
    for (int row = prototypes; row < view.prototypes.count(); row++) {
      if (view.prototypeOf.get(row) >= 0) {
        batch.add(~row, view.prototypes.row(row));
      }
    }
    batch.flush();
    if (isNew) {
      index.divide();
    }
    if (index.cells() == 1) {
      unordered = view.names.count();
      return null;
    }
    return new Covering(
        index,
        places,
        view.rows.count(),
        view.prototypes.count(),
        view.edition,
        index.bytes() + places.bytes());
  }

  /** Rows on their way into an index. */
  private final class Batch {

    private final ApproximateIndex index;
    private final IntPages places;
    private final boolean isNew;
    private final float[] rows = new float[BATCH * model.dim()];
    private int held;

    Batch(ApproximateIndex index, IntPages places, boolean isNew) {
      this.index = index;
      this.places = places;
      this.isNew = isNew;
    }

    void add(int place, float[] row) {
      System.arraycopy(row, 0, rows, held++ * row.length, row.length);
      places.add(place);
      if (held == BATCH) {
        flush();
      }
    }

    void flush() {
      int[] numbers = new int[held];
      Arrays.setAll(numbers, i -> places.count() - held + i);
      float[] together = Arrays.copyOf(rows, held * model.dim());
      if (isNew) {
        index.putUndivided(numbers, together);
      } else {
        index.put(numbers, together);
      }
      held = 0;
    }
  }
}
