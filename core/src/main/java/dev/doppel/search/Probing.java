package dev.doppel.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Searches some cells for each query. Queries are turned round: each cell is scored against all
 * that look into it, in groups where they are enough.
 */
final class Probing {

  /** Queries of one task. More meet more often in a cell, fewer keep all threads busy. */
  private static final int MOST_A_TASK = 4096;

  /** Fewer than this are quicker one by one than laid out as a group. */
  private static final int GROUP_FROM = 4;

  private Probing() {}

  /**
   * @param cells for each query, which of the lists to look into
   */
  static List<List<Hit>> search(
      Scoring scoring, int threads, Rows[] lists, int[][] cells, float[] queries, int k) {
    int count = cells.length;
    Best[] bests = new Best[count];
    int tasks = Math.max(Math.min(threads, count), (count + MOST_A_TASK - 1) / MOST_A_TASK);
    Crew.run(
        threads,
        tasks,
        () -> {
          Scan scan = new Scan(scoring, VectorIndex.ALL);
          return task -> {
            int from = (int) ((long) count * task / tasks);
            int to = (int) ((long) count * (task + 1) / tasks);
            for (int q = from; q < to; q++) {
              int most = Arrays.stream(cells[q]).map(cell -> lists[cell].slots()).sum();
              bests[q] = new Best(Math.max(1, Math.min(k, most)));
            }
            if (to - from < GROUP_FROM) {
              alone(scan, lists, cells, queries, from, to, scoring.dim, bests);
            } else {
              together(scan, lists, cells, queries, from, to, scoring.dim, bests);
            }
          };
        });
    List<List<Hit>> found = new ArrayList<>(count);
    for (Best best : bests) {
      found.add(best.drain(scoring));
    }
    return found;
  }

  private static void alone(
      Scan scan,
      Rows[] lists,
      int[][] cells,
      float[] queries,
      int from,
      int to,
      int dim,
      Best[] bests) {
    for (int q = from; q < to; q++) {
      for (int cell : cells[q]) {
        scan.one(lists[cell], 0, lists[cell].panels(), queries, q * dim, bests[q]);
      }
    }
  }

  private static void together(
      Scan scan,
      Rows[] lists,
      int[][] cells,
      float[] queries,
      int from,
      int to,
      int dim,
      Best[] bests) {
    // Which queries look into each cell: those of cell c stand in [begins[c], begins[c + 1]).
    int[] begins = new int[lists.length + 1];
    for (int q = from; q < to; q++) {
      for (int cell : cells[q]) {
        begins[cell + 1]++;
      }
    }
    for (int cell = 0; cell < lists.length; cell++) {
      begins[cell + 1] += begins[cell];
    }
    int[] asking = new int[begins[lists.length]];
    int[] at = begins.clone();
    for (int q = from; q < to; q++) {
      for (int cell : cells[q]) {
        asking[at[cell]++] = q;
      }
    }
    for (int cell = 0; cell < lists.length; cell++) {
      int first = begins[cell];
      int many = begins[cell + 1] - first;
      Rows list = lists[cell];
      if (many >= GROUP_FROM) {
        Queries group = Queries.of(queries, Arrays.copyOfRange(asking, first, first + many), dim);
        Best[] theirs = new Best[many];
        Arrays.setAll(theirs, i -> bests[asking[first + i]]);
        scan.groups(list, 0, list.panels(), group, 0, group.groups(), theirs);
      } else {
        for (int i = first; i < first + many; i++) {
          scan.one(list, 0, list.panels(), queries, asking[i] * dim, bests[asking[i]]);
        }
      }
    }
  }
}
