package dev.doppel.gallery;

import java.util.List;

/**
 * The labels closest to a query, closest first; equal scores by label.
 *
 * @param ranked at most as many as were asked for
 * @param labels how many labels were compared: those with an item that passes the filter
 * @param exact whether each of them was; an approximate index may miss one
 */
public record Ranking(List<Ranked> ranked, long labels, boolean exact) {

  public Ranking {
    ranked = List.copyOf(ranked);
  }

  /**
   * A label with its closeness.
   *
   * @param label its text
   * @param score mean of the head's scores against its items that pass the filter
   * @param items how many those are
   * @param nearest the id of the closest of them
   * @param nearestScore the head's score of that one
   */
  public record Ranked(String label, double score, int items, long nearest, double nearestScore) {}
}
