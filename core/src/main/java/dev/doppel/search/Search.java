package dev.doppel.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Searches one state of a list of rows, on several threads where that pays. */
final class Search {

  /** Queries that are scored against a panel while both are in cache. */
  private static final int CHUNK_FLOATS = 1 << 15;

  /** A task with fewer numbers is not worth another thread. */
  private static final int TASK_FLOATS = 1 << 18;

  /** Tasks for each thread, so that none waits long for another that was held up. */
  private static final int TASKS_A_THREAD = 4;

  private Search() {}

  /** The best rows of each query; see {@link VectorIndex#searchAll}. */
  static List<List<Hit>> all(
      Scoring scoring, int threads, Rows rows, float[] queries, int k, IntPredicate allowed) {
    int count = queries.length / scoring.dim;
    int room = Math.max(1, Math.min(k, rows.slots()));
    if (count == 1) {
      return List.of(one(scoring, threads, rows, queries, room, allowed).drain(scoring));
    }
    Queries packed = Queries.of(queries, count, scoring.dim);
    int chunk = Math.max(1, CHUNK_FLOATS / (Kernel.GROUP * scoring.dim));
    int chunks = (packed.groups() + chunk - 1) / chunk;
    int parts = parts(scoring, threads, rows, chunks);
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
            int from = border(rows, part, parts);
            int to = border(rows, part + 1, parts);
            scan.groups(rows, from, to, packed, fromGroup, toGroup, bests[part]);
          };
        });
    List<List<Hit>> found = new ArrayList<>(count);
    for (int q = 0; q < count; q++) {
      for (int part = 1; part < parts; part++) {
        bests[0][q].offerAll(bests[part][q]);
      }
      found.add(bests[0][q].drain(scoring));
    }
    return List.copyOf(found);
  }

  private static Best one(
      Scoring scoring, int threads, Rows rows, float[] query, int room, IntPredicate allowed) {
    int parts = parts(scoring, threads, rows, 1);
    Best[] bests = new Best[parts];
    Crew.run(
        threads,
        parts,
        () -> {
          Scan scan = new Scan(scoring, allowed);
          return part -> {
            bests[part] = new Best(room);
            int to = border(rows, part + 1, parts);
            scan.one(rows, border(rows, part, parts), to, query, 0, bests[part]);
          };
        });
    for (int part = 1; part < parts; part++) {
      bests[0].offerAll(bests[part]);
    }
    return bests[0];
  }

  /** Into how many parts the rows are cut for so many tasks each. */
  private static int parts(Scoring scoring, int threads, Rows rows, int tasks) {
    if (threads == 1) {
      return 1;
    }
    long floats = (long) rows.slots() * scoring.dim;
    long wanted = ((long) TASKS_A_THREAD * threads + tasks - 1) / tasks;
    return (int) Math.max(1, Math.min(wanted, floats / TASK_FLOATS));
  }

  private static int border(Rows rows, int part, int parts) {
    return (int) ((long) rows.panels() * part / parts);
  }

  /** The scores of the rows at slots, NaN where a slot is negative. */
  static float[] scores(Scoring scoring, Rows rows, int[] slots, float[] query) {
    int dim = scoring.dim;
    float[] all = new float[slots.length];
    float[] panel = new float[Kernel.ROWS * dim];
    float[] pass = {Float.NEGATIVE_INFINITY};
    Kernel.Found found = new Kernel.Found();
    float[] vector = new float[dim];
    for (int from = 0; from < slots.length; from += Kernel.ROWS) {
      int count = Math.min(Kernel.ROWS, slots.length - from);
      for (int i = 0; i < count; i++) {
        if (slots[from + i] >= 0) {
          rows.get(slots[from + i], vector, 0);
          Block.put(panel, i, vector, 0, dim);
        }
      }
      scoring.kernel.one(panel, 0, query, 0, pass, 0, found);
      for (int i = 0; i < count; i++) {
        all[from + i] = slots[from + i] < 0 ? Float.NaN : scoring.finish(found.scores()[i]);
      }
    }
    return all;
  }

  /** The scores of all rows. */
  static void each(Scoring scoring, Rows rows, float[] query, VectorIndex.ScoreSink sink) {
    float[] pass = {Float.NEGATIVE_INFINITY};
    Kernel.Found found = new Kernel.Found();
    for (Block block : rows.blocks()) {
      for (int panel = 0; panel < rows.panelsIn(block); panel++) {
        int first = panel * Kernel.ROWS;
        scoring.kernel.one(block.values(), first * scoring.dim, query, 0, pass, 0, found);
        for (long left = rows.inUse(block, panel); left != 0; left &= left - 1) {
          int r = Long.numberOfTrailingZeros(left);
          int row = block.rows()[first + r];
          if (row >= 0) {
            sink.accept(row, scoring.finish(found.scores()[r]));
          }
        }
      }
    }
  }
}
