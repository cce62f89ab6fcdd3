package dev.doppel.eval;

import dev.doppel.episode.Relation;
import dev.doppel.error.ModelException;

/**
 * The score of a pair and what the pair is.
 *
 * @param score how close both are; higher is closer
 * @param relation whether both show the same class
 */
public record Scored(double score, Relation relation) {

  public Scored {
    if (Double.isNaN(score)) {
      throw new ModelException(
          "A pair got a score that is no number",
          "Scores are finite numbers, higher for closer pairs",
          "The model is damaged or its training diverged: train again, or use an earlier one");
    }
  }
}
