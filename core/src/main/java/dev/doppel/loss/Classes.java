package dev.doppel.loss;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Which rows are of one class: those of a batch, then those of a memory. */
final class Classes {

  /** Class of each row, numbered by first appearance. */
  final int[] of;

  /** Rows of each class, ascending. */
  final int[][] members;

  /** Rows that are of the batch itself. */
  final int live;

  Classes(int[] labels, int[] memory) {
    this.live = labels.length;
    this.of = new int[labels.length + memory.length];
    Map<Integer, Integer> number = new HashMap<>();
    for (int i = 0; i < of.length; i++) {
      int label = i < live ? labels[i] : memory[i - live];
      Integer known = number.putIfAbsent(label, number.size());
      of[i] = known == null ? number.size() - 1 : known;
    }
    int[] sizes = new int[number.size()];
    for (int each : of) {
      sizes[each]++;
    }
    this.members = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
    for (int i = of.length - 1; i >= 0; i--) {
      members[of[i]][--sizes[of[i]]] = i;
    }
  }

  int count() {
    return of.length;
  }

  /** How many rows share a row's class, itself left out. */
  int positives(int row) {
    return members[of[row]].length - 1;
  }

  /** How many rows are of another class than a row. */
  int negatives(int row) {
    return of.length - members[of[row]].length;
  }
}
