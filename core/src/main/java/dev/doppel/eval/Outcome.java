package dev.doppel.eval;

import dev.doppel.episode.Pair;
import dev.doppel.episode.Relation;
import dev.doppel.episode.Trial;
import java.util.List;

/** One question with the answer it got. */
public sealed interface Outcome permits Outcome.OfTrial, Outcome.OfPair {

  /** How much of the question was answered right: 0 to 1; a tie of k counts 1/k. */
  double credit();

  /** By how much the right answer won; negative if it lost, 0 at a tie. */
  double margin();

  /** Whether the answer is right, and alone. */
  default boolean right() {
    return credit() == 1;
  }

  /**
   * An answered trial.
   *
   * @param trial the question
   * @param scores how close each way was; higher is closer
   */
  record OfTrial(Trial trial, List<Double> scores) implements Outcome {

    public OfTrial {
      scores = List.copyOf(scores);
      if (scores.size() != trial.ways()) {
        throw new IllegalArgumentException(scores.size() + " scores for " + trial.ways() + " ways");
      }
    }

    /** The way with the highest score, the first of equals. */
    public int chosen() {
      int best = 0;
      for (int way = 1; way < scores.size(); way++) {
        if (scores.get(way) > scores.get(best)) {
          best = way;
        }
      }
      return best;
    }

    @Override
    public double credit() {
      double best = scores.get(chosen());
      if (scores.get(trial.answer()) < best) {
        return 0;
      }
      return 1.0 / scores.stream().filter(score -> score == best).count();
    }

    @Override
    public double margin() {
      double rival = Double.NEGATIVE_INFINITY;
      for (int way = 0; way < scores.size(); way++) {
        if (way != trial.answer()) {
          rival = Math.max(rival, scores.get(way));
        }
      }
      return scores.get(trial.answer()) - rival;
    }
  }

  /**
   * A judged pair.
   *
   * @param pair the question
   * @param score how close both are; higher is closer
   * @param threshold accepted as the same at this score or above
   */
  record OfPair(Pair pair, double score, double threshold) implements Outcome {

    /** What the score says. */
    public Relation judged() {
      return score >= threshold ? Relation.SAME : Relation.DIFFERENT;
    }

    @Override
    public double credit() {
      return judged() == pair.relation() ? 1 : 0;
    }

    @Override
    public double margin() {
      return pair.relation() == Relation.SAME ? score - threshold : threshold - score;
    }
  }
}
