package dev.doppel.fewshot;

import dev.doppel.model.Embeddings;

/**
 * Least squares on 1 for the right class and 0 for the others (as the solver of Bertinetto et al.
 * 2019); the penalty, unless given, is chosen by leaving one example out.
 *
 * <p>Classes of unequal size are left unequal: a larger one is likelier to be answered.
 *
 * @param space how rows are looked at
 * @param penalty above 0, or 0 to choose it
 */
public record RidgeClassifier(Space space, double penalty) implements FewShotMethod {

  public RidgeClassifier {
    Penalties.check(penalty);
  }

  /** Rows of unit length, the penalty chosen. */
  public static RidgeClassifier defaults() {
    return new RidgeClassifier(Space.COSINE, 0);
  }

  @Override
  public String name() {
    return "ridge";
  }

  /** The model alone: {@code [ways]} outputs, higher is closer. */
  public LinearModel fit(SupportSet support) {
    if (penalty == 0) {
      Penalties.needSecondExamples(name(), support);
    }
    int[] labels = support.labels();
    double[][] targets = new double[labels.length][support.ways()];
    for (int i = 0; i < labels.length; i++) {
      targets[i][labels[i]] = 1;
    }
    return new RidgeRegression(space, penalty).fit(support.rows(), targets);
  }

  @Override
  public double[][] scores(SupportSet support, Embeddings queries) {
    return fit(support).of(queries);
  }
}
