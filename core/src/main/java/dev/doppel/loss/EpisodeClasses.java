package dev.doppel.loss;

import dev.doppel.model.Embeddings;
import java.util.Arrays;

/** The labels of an episode, numbered in ascending order, once they are known to make sense. */
final class EpisodeClasses {

  /** Ascending. */
  final int[] labels;

  /** Number of each support item's class. */
  final int[] ofSupport;

  /** Number of each query's class. */
  final int[] ofQuery;

  EpisodeClasses(
      String loss,
      Embeddings support,
      int[] supportLabels,
      Embeddings query,
      int[] queryLabels,
      WhenEmpty whenEmpty) {
    Refusals.undefinedRows(loss, "a support set", support);
    Refusals.undefinedRows(loss, "queries", query);
    if (supportLabels.length != support.count() || queryLabels.length != query.count()) {
      throw new IllegalArgumentException(
          "%d and %d labels for %d support items and %d queries"
              .formatted(supportLabels.length, queryLabels.length, support.count(), query.count()));
    }
    this.labels = Arrays.stream(supportLabels).distinct().sorted().toArray();
    this.ofSupport = numbers(supportLabels);
    this.ofQuery = numbers(queryLabels);
    Refusals.empty(loss, ofQuery.length == 0 || labels.length < 2, whenEmpty);
  }

  private int[] numbers(int[] given) {
    int[] numbers = new int[given.length];
    for (int i = 0; i < given.length; i++) {
      numbers[i] = Arrays.binarySearch(labels, given[i]);
      if (numbers[i] < 0) {
        throw new IllegalArgumentException(
            "a query of class " + given[i] + ", of which the support set has nothing");
      }
    }
    return numbers;
  }

  /** The counts of an episode; with one class to choose from there is nothing to learn. */
  Counts counts(long active) {
    int selected = labels.length < 2 ? 0 : ofQuery.length;
    return new Counts(selected, selected, Math.min(active, selected));
  }
}
