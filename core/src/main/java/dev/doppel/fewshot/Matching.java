package dev.doppel.fewshot;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;
import java.util.Arrays;

/**
 * Attention over the examples (Vinyals et al. 2016): a class scores the logarithm of the softmax
 * that falls on its examples. Embeddings are not conditioned on the episode.
 *
 * @param space what is close; the paper's is the cosine
 * @param scale what closeness is multiplied by; 1 in the paper, at which many poor examples outvote
 *     a good one. Towards infinity it is the nearest neighbour
 */
public record Matching(Space space, double scale) implements FewShotMethod {

  public Matching {
    OptionException.require(scale > 0, "scale", scale, "above 0");
  }

  /** Cosines, times 10. */
  public static Matching defaults() {
    return new Matching(Space.COSINE, 10);
  }

  @Override
  public String name() {
    return "matching";
  }

  @Override
  public double[][] scores(SupportSet support, Embeddings queries) {
    double[][] closeness = space.closeness(space.points(queries), space.points(support.rows()));
    int[] labels = support.labels();
    double[][] scores = new double[closeness.length][];
    for (int q = 0; q < scores.length; q++) {
      Dense.scale(closeness[q], scale);
      scores[q] = attention(closeness[q], labels, support.ways());
    }
    return scores;
  }

  private static double[] attention(double[] logits, int[] labels, int ways) {
    double all = Dense.logSumExp(logits);
    double[] scores = new double[ways];
    for (int way = 0; way < ways; way++) {
      double[] own = new double[logits.length];
      Arrays.fill(own, Double.NEGATIVE_INFINITY);
      for (int i = 0; i < logits.length; i++) {
        own[i] = labels[i] == way ? logits[i] : own[i];
      }
      scores[way] = Dense.logSumExp(own) - all;
    }
    return scores;
  }
}
