package dev.doppel.search;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Looks through panels of rows for the best of each query. One thread's own; reusable. */
final class Scan {

  private final Scoring scoring;
  private final IntPredicate allowed;
  private final Kernel.Found found = new Kernel.Found();
  private final float[] threshold = new float[1];

  Scan(Scoring scoring, IntPredicate allowed) {
    this.scoring = scoring;
    this.allowed = allowed;
  }

  /**
   * One query against panels {@code [from, to)}.
   *
   * @param query {@code [dim]}, at {@code at}
   */
  void one(Rows rows, int from, int to, float[] query, int at, Best best) {
    int panelFloats = Kernel.ROWS * scoring.dim;
    threshold[0] = best.threshold();
    for (Block block : rows.blocks()) {
      int first = block.first() / Kernel.ROWS;
      int begin = Math.max(0, from - first);
      int end = Math.min(rows.panelsIn(block), to - first);
      for (int panel = begin; panel < end; panel++) {
        if (scoring.kernel.one(
            block.values(), panel * panelFloats, query, at, threshold, 0, found)) {
          take(block, panel, found.masks()[0] & rows.inUse(block, panel), 0, best);
          threshold[0] = best.threshold();
        }
      }
    }
  }

  /**
   * Groups {@code [fromGroup, toGroup)} of queries against panels {@code [from, to)}; a panel is
   * scored against all of them while it is near.
   *
   * @param bests of each query
   */
  void groups(
      Rows rows, int from, int to, Queries queries, int fromGroup, int toGroup, Best[] bests) {
    int panelFloats = Kernel.ROWS * scoring.dim;
    int groupFloats = Kernel.GROUP * scoring.dim;
    int firstQuery = fromGroup * Kernel.GROUP;
    float[] thresholds = new float[(toGroup - fromGroup) * Kernel.GROUP];
    Arrays.fill(thresholds, Float.POSITIVE_INFINITY);
    for (int q = firstQuery; q < Math.min(queries.count(), toGroup * Kernel.GROUP); q++) {
      thresholds[q - firstQuery] = bests[q].threshold();
    }
    for (Block block : rows.blocks()) {
      int first = block.first() / Kernel.ROWS;
      int begin = Math.max(0, from - first);
      int end = Math.min(rows.panelsIn(block), to - first);
      for (int panel = begin; panel < end; panel++) {
        for (int group = fromGroup; group < toGroup; group++) {
          int t = (group - fromGroup) * Kernel.GROUP;
          if (scoring.kernel.group(
              block.values(),
              panel * panelFloats,
              queries.values(),
              group * groupFloats,
              thresholds,
              t,
              found)) {
            takeGroup(block, panel, rows.inUse(block, panel), group, bests, thresholds, t);
          }
        }
      }
    }
  }

  private void takeGroup(
      Block block, int panel, long inUse, int group, Best[] bests, float[] thresholds, int t) {
    for (int q = 0; q < Kernel.GROUP; q++) {
      long mask = found.masks()[q] & inUse;
      if (mask != 0 && thresholds[t + q] != Float.POSITIVE_INFINITY) {
        Best best = bests[group * Kernel.GROUP + q];
        take(block, panel, mask, q * Kernel.ROWS, best);
        thresholds[t + q] = best.threshold();
      }
    }
  }

  private void take(Block block, int panel, long mask, int at, Best best) {
    for (long left = mask; left != 0; left &= left - 1) {
      int r = Long.numberOfTrailingZeros(left);
      int row = block.rows()[panel * Kernel.ROWS + r];
      float score = found.scores()[at + r];
      if (row >= 0 && score >= best.threshold() && allowed.test(row)) {
        best.offer(row, score);
      }
    }
  }
}
