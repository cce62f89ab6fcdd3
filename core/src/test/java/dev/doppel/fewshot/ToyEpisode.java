package dev.doppel.fewshot;

import dev.doppel.model.Embeddings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;

/** Rows scattered about one random centre for each class. */
record ToyEpisode(SupportSet support, Embeddings queries, int[] answers) {

  /**
   * @param spread of the rows about their centres, which lie about √2 apart
   */
  static ToyEpisode of(long seed, int ways, int shots, int asked, int dim, double spread) {
    Draws draws = Seed.of(seed).draws();
    double[][] centres = new double[ways][dim];
    for (double[] centre : centres) {
      for (int k = 0; k < dim; k++) {
        centre[k] = draws.gaussian() / Math.sqrt(dim);
      }
    }
    int[] labels = labels(ways, shots);
    int[] answers = labels(ways, asked);
    return new ToyEpisode(
        new SupportSet(rows(centres, labels, spread, draws), labels, ways),
        rows(centres, answers, spread, draws),
        answers);
  }

  private static int[] labels(int ways, int each) {
    int[] labels = new int[ways * each];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % ways;
    }
    return labels;
  }

  private static Embeddings rows(double[][] centres, int[] labels, double spread, Draws draws) {
    int dim = centres[0].length;
    float[] values = new float[labels.length * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float) (centres[labels[i / dim]][i % dim] + spread * draws.gaussian() / Math.sqrt(dim));
    }
    return new Embeddings(dim, values);
  }

  /** The share of queries that a method answers right. */
  double accuracy(FewShotMethod method) {
    double[][] scores = method.scores(support, queries);
    int right = 0;
    for (int q = 0; q < answers.length; q++) {
      int best = 0;
      for (int c = 1; c < support.ways(); c++) {
        best = scores[q][c] > scores[q][best] ? c : best;
      }
      right += best == answers[q] ? 1 : 0;
    }
    return (double) right / answers.length;
  }

  /** The same classes, examples in another order, class {@code c} now called {@code names[c]}. */
  SupportSet shuffled(Draws draws, int[] names) {
    int[] order = draws.permutation(support.labels().length);
    int[] labels = support.labels();
    int[] renamed = new int[labels.length];
    for (int i = 0; i < order.length; i++) {
      renamed[i] = names[labels[order[i]]];
    }
    return new SupportSet(SupportSet.rows(support.rows(), order), renamed, support.ways());
  }
}
