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

  /** What was kept, best first; nothing is left. */
  List<Hit> drain(Scoring scoring) {
    List<Hit> hits = new ArrayList<>(size);
    while (size > 0) {
      hits.add(new Hit(rows[0], scoring.finish(scores[0])));
      size--;
      if (size > 0) {
        sink(rows[size], scores[size]);
      }
    }
    Collections.reverse(hits);
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
