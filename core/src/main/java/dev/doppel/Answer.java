package dev.doppel;

import java.util.List;

/**
 * What an image was recognised as.
 *
 * @param label the closest label
 * @param score the head's score of it; higher is closer
 * @param probability how likely a pair with this score is to show the same thing, 0 to 1, where
 *     half of all pairs do
 * @param known whether the score reaches the model's threshold; if not, the image most likely shows
 *     something that was never enrolled
 * @param ranked every label, closest first; the first is {@code label}
 */
public record Answer(
    String label, double score, double probability, boolean known, List<Candidate> ranked) {

  public Answer {
    ranked = List.copyOf(ranked);
  }

  /**
   * A label with its closeness.
   *
   * @param label what was enrolled
   * @param score mean of the head's scores against its images
   * @param probability as in {@link Answer}
   */
  public record Candidate(String label, double score, double probability) {}
}
