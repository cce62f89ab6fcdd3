package dev.doppel.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The k best of the rows offered: a heap with the worst on top. Of equal scores the lower row is
 * better, so what is kept does not depend on the order of the offers. Not thread-safe.
 */
final class Best {

  private final float[] scores;
  private final int[] rows;
  private int size;

  /** Room for {@code k} rows, at least 1. */
  Best(int k) {
    scores = new float[k];
    rows = new int[k];
  }

  /** The score that a row has to reach to be kept, perhaps; −∞ while there is room. */
  float threshold() {
    return size < scores.length ? Float.NEGATIVE_INFINITY : scores[0];
  }

  /** What was kept, best first, with the kernel's scores; nothing is left. */
  void drainTo(int[] toRows, float[] toScores) {
    while (size > 0) {
      size--;
      toRows[size] = rows[0];
      toScores[size] = scores[0];
      if (size > 0) {
        sink(rows[size], scores[size]);
      }
    }
  }

  int size() {
    return size;
  }

  /** The row that would be dropped next; there must be one. */
  int worstRow() {
    return rows[0];
  }

  void offer(int row, float score) {
    if (size < scores.length) {
      rise(size++, row, score);
    } else if (worse(scores[0], rows[0], score, row)) {
      sink(row, score);
    }
  }

  void offerAll(Best other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.rows[i], other.scores[i]);
    }
  }

  /** What was kept, best first, with the metric's scores; nothing is left. */
  List<Hit> drain(Scoring scoring) {
    int[] toRows = new int[size];
    float[] toScores = new float[size];
    drainTo(toRows, toScores);
    List<Hit> hits = new ArrayList<>(toRows.length);
    for (int i = 0; i < toRows.length; i++) {
      hits.add(new Hit(toRows[i], scoring.finish(toScores[i])));
    }
    return Collections.unmodifiableList(hits);
  }

  private static boolean worse(float score, int row, float than, int thanRow) {
    return score < than || (score == than && row > thanRow);
  }

  private void rise(int hole, int row, float score) {
    int at = hole;
    while (at > 0) {
      int parent = (at - 1) >> 1;
      if (!worse(score, row, scores[parent], rows[parent])) {
        break;
      }
      scores[at] = scores[parent];
      rows[at] = rows[parent];
      at = parent;
    }
    scores[at] = score;
    rows[at] = row;
  }

  private void sink(int row, float score) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size
          && worse(scores[child + 1], rows[child + 1], scores[child], rows[child])) {
        child++;
      }
      if (!worse(scores[child], rows[child], score, row)) {
        break;
      }
      scores[at] = scores[child];
      rows[at] = rows[child];
      at = child;
    }
    scores[at] = score;
    rows[at] = row;
  }
}
