package dev.doppel.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Searches one state of lists of rows, on several threads where that pays. */
final class Search {

  /** Numbers of the queries that a panel is scored against while it is near. */
  private static final int CHUNK_FLOATS = 1 << 18;

  /** Smaller chunks leave too little to do for what it costs to fetch a panel. */
  private static final int SMALL_CHUNK_FLOATS = 1 << 15;

  /** A task with fewer numbers is not worth another thread. */
  private static final int TASK_FLOATS = 1 << 18;

  /** Tasks for each thread, so that none waits long for another that was held up. */
  private static final int TASKS_A_THREAD = 2;

  private Search() {}

  /** The best rows of each query; see {@link VectorIndex#searchAll}. */
  static List<List<Hit>> all(
      Scoring scoring, int threads, Rows[] lists, float[] queries, int k, IntPredicate allowed) {
    List<List<Hit>> found = new ArrayList<>();
    for (Best best : bests(scoring, threads, lists, queries, k, allowed)) {
      found.add(best.drain(scoring));
    }
    return List.copyOf(found);
  }

  /** The best rows of one query among those from a slot on, by the calling thread alone. */
  static List<Hit> since(
      Scoring scoring, Rows rows, int slot, float[] query, int k, IntPredicate allowed) {
    Best best = new Best(Math.max(1, Math.min(k, rows.slots() - slot)));
    new Scan(scoring, row -> row >= slot && allowed.test(row))
        .one(rows, slot / Kernel.ROWS, rows.panels(), query, 0, best);
    return best.drain(scoring);
  }

  /** The row number closest to each query; there must be one. */
  static int[] nearest(Scoring scoring, int threads, Rows[] lists, float[] queries) {
    Best[] bests = bests(scoring, threads, lists, queries, 1, VectorIndex.ALL);
    return Arrays.stream(bests).mapToInt(Best::worstRow).toArray();
  }

  /** The best rows of each query, with the kernel's scores. */
  static Best[] bests(
      Scoring scoring, int threads, Rows[] lists, float[] queries, int k, IntPredicate allowed) {
    int count = queries.length / scoring.dim;
    int room = Math.max(1, Math.min(k, slots(lists)));
    if (count == 1) {
      return new Best[] {one(scoring, threads, lists, queries, room, allowed)};
    }
    Queries packed = Queries.of(queries, count, scoring.dim);
    int chunk = chunk(scoring, threads, packed.groups());
    int chunks = (packed.groups() + chunk - 1) / chunk;
    int parts = parts(scoring, threads, lists, chunks);
    Best[][] bests = new Best[parts][count];
    Crew.run(
        threads,
        chunks * parts,
        () -> {
          Scan scan = new Scan(scoring, allowed);
          return task -> {
            int part = task % parts;
            int fromGroup = task / parts * chunk;
            int toGroup = Math.min(packed.groups(), fromGroup + chunk);
            for (int q = fromGroup * Kernel.GROUP;
                q < Math.min(count, toGroup * Kernel.GROUP);
                q++) {
              bests[part][q] = new Best(room);
            }
            inPart(
                lists,
                part,
                parts,
                (rows, from, to) ->
                    scan.groups(rows, from, to, packed, fromGroup, toGroup, bests[part]));
          };
        });
    for (int part = 1; part < parts; part++) {
      for (int q = 0; q < count; q++) {
        bests[0][q].offerAll(bests[part][q]);
      }
    }
    return bests[0];
  }

  private static Best one(
      Scoring scoring, int threads, Rows[] lists, float[] query, int room, IntPredicate allowed) {
    int parts = parts(scoring, threads, lists, 1);
    Best[] bests = new Best[parts];
    Crew.run(
        threads,
        parts,
        () -> {
          Scan scan = new Scan(scoring, allowed);
          return part -> {
            bests[part] = new Best(room);
            inPart(
                lists,
                part,
                parts,
                (rows, from, to) -> scan.one(rows, from, to, query, 0, bests[part]));
          };
        });
    for (int part = 1; part < parts; part++) {
      bests[0].offerAll(bests[part]);
    }
    return bests[0];
  }

  /** How many groups are scored together: many, but so that there is a chunk for each thread. */
  private static int chunk(Scoring scoring, int threads, int groups) {
    int floats = Kernel.GROUP * scoring.dim;
    int tasks = threads == 1 ? 1 : TASKS_A_THREAD * threads;
    int even = Math.max((groups + tasks - 1) / tasks, SMALL_CHUNK_FLOATS / floats);
    return Math.max(1, Math.min(even, CHUNK_FLOATS / floats));
  }

  /** Into how many parts the rows are cut for so many tasks each. */
  private static int parts(Scoring scoring, int threads, Rows[] lists, int tasks) {
    if (threads == 1) {
      return 1;
    }
    long floats = (long) slots(lists) * scoring.dim;
    long wanted = ((long) TASKS_A_THREAD * threads + tasks - 1) / tasks;
    return (int) Math.max(1, Math.min(wanted, floats / TASK_FLOATS));
  }

  private static int slots(Rows[] lists) {
    return Arrays.stream(lists).mapToInt(Rows::slots).sum();
  }

  @FunctionalInterface
  private interface Panels {

    void accept(Rows rows, int from, int to);
  }

  /** A part of the rows: a stretch of the only list, or of many whole ones. */
  private static void inPart(Rows[] lists, int part, int parts, Panels panels) {
    if (lists.length == 1) {
      int all = lists[0].panels();
      panels.accept(lists[0], border(all, part, parts), border(all, part + 1, parts));
      return;
    }
    for (int i = border(lists.length, part, parts);
        i < border(lists.length, part + 1, parts);
        i++) {
      panels.accept(lists[i], 0, lists[i].panels());
    }
  }

  private static int border(int all, int part, int parts) {
    return (int) ((long) all * part / parts);
  }

  /** The scores of the rows at places, NaN for those that are nowhere. */
  static float[] scores(Scoring scoring, Rows[] lists, long[] places, float[] query) {
    int dim = scoring.dim;
    float[] all = new float[places.length];
    float[] panel = new float[Kernel.ROWS * dim];
    float[] pass = {Float.NEGATIVE_INFINITY};
    Kernel.Found found = new Kernel.Found();
    float[] vector = new float[dim];
    for (int from = 0; from < places.length; from += Kernel.ROWS) {
      int count = Math.min(Kernel.ROWS, places.length - from);
      for (int i = 0; i < count; i++) {
        long place = places[from + i];
        if (place != Numbering.NOWHERE) {
          lists[Numbering.list(place)].get(Numbering.slot(place), vector, 0);
          Block.put(panel, i, vector, 0, dim);
        }
      }
      scoring.kernel.one(panel, 0, query, 0, pass, 0, found);
      for (int i = 0; i < count; i++) {
        all[from + i] =
            places[from + i] == Numbering.NOWHERE ? Float.NaN : scoring.finish(found.scores()[i]);
      }
    }
    return all;
  }

  /** The kernel's score at each slot of a list without removed rows. */
  static void raw(Scoring scoring, Rows rows, float[] query, float[] scores) {
    float[] pass = {Float.NEGATIVE_INFINITY};
    Kernel.Found found = new Kernel.Found();
    for (Block block : rows.blocks()) {
      for (int panel = 0; panel < rows.panelsIn(block); panel++) {
        int first = panel * Kernel.ROWS;
        scoring.kernel.one(block.values(), first * scoring.dim, query, 0, pass, 0, found);
        int count = Math.min(Kernel.ROWS, rows.slots() - block.first() - first);
        System.arraycopy(found.scores(), 0, scores, block.first() + first, count);
      }
    }
  }

  /** The scores of the rows in each list from a slot on. */
  static void each(
      Scoring scoring, Rows[] lists, int slot, float[] query, VectorIndex.ScoreSink sink) {
    float[] pass = {Float.NEGATIVE_INFINITY};
    Kernel.Found found = new Kernel.Found();
    for (Rows rows : lists) {
      for (Block block : rows.blocks()) {
        int from = Math.max(0, slot - block.first());
        for (int panel = from / Kernel.ROWS; panel < rows.panelsIn(block); panel++) {
          int begin = panel * Kernel.ROWS;
          scoring.kernel.one(block.values(), begin * scoring.dim, query, 0, pass, 0, found);
          for (long left = rows.inUse(block, panel); left != 0; left &= left - 1) {
            int r = Long.numberOfTrailingZeros(left);
            int row = block.rows()[begin + r];
            if (row >= 0 && begin + r >= from) {
              sink.accept(row, scoring.finish(found.scores()[r]));
            }
          }
        }
      }
    }
  }
}
