package dev.doppel;

import java.util.List;

/**
 * What an image was recognised as.
 *
 * @param decision whether the closest label is meant, or perhaps, or no label at all
 * @param label the closest label, whatever the decision
 * @param score the head's score of it; higher is closer
 * @param probability how likely it is to be right: the image shows an enrolled thing in half of all
 *     questions, any label as often, and what the other labels scored counts against it
 * @param threshold the score that is known in a gallery of this size
 * @param labels how many labels were compared
 * @param exact whether each of them was; an approximate index may miss one
 * @param ranked the closest labels, closest first; the first is {@code label}
 */
public record Answer(
    Decision decision,
    String label,
    double score,
    double probability,
    double threshold,
    long labels,
    boolean exact,
    List<Candidate> ranked) {

  public Answer {
    ranked = List.copyOf(ranked);
  }

  /** Whether the decision is {@link Decision#KNOWN}. */
  public boolean known() {
    return decision == Decision.KNOWN;
  }

  /**
   * A label with its closeness.
   *
   * @param label what was enrolled
   * @param score mean of the head's scores against its images
   * @param probability as in {@link Answer}
   * @param items how many images it has
   * @param nearest the id of the closest of them
   * @param nearestScore the head's score of that one
   */
  public record Candidate(
      String label,
      double score,
      double probability,
      int items,
      long nearest,
      double nearestScore) {}
}
