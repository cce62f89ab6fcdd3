package dev.doppel.fewshot;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;
import java.util.Arrays;

/**
 * Multinomial logistic regression: minimises {@code Σ cross-entropy + penalty/2 · |W|²}, the biases
 * free. Unless given, the penalty is chosen by the cross-entropy of folds that are left out in
 * turn.
 *
 * <p>Folds take turns within each class, in the order of the examples; nothing is drawn.
 *
 * @param space how rows are looked at
 * @param penalty above 0, or 0 to choose it
 * @param folds at most so many; never more than the smallest class has examples
 */
public record LogisticClassifier(Space space, double penalty, int folds) implements FewShotMethod {

  public LogisticClassifier {
    Penalties.check(penalty);
    OptionException.require(folds >= 2, "folds", folds, "at least 2");
  }

  /** Rows of unit length, the penalty chosen by five folds. */
  public static LogisticClassifier defaults() {
    return new LogisticClassifier(Space.COSINE, 0, 5);
  }

  @Override
  public String name() {
    return "logistic";
  }

  /** The model alone: {@code [ways]} outputs, whose softmax are probabilities. */
  public LinearModel fit(SupportSet support) {
    if (penalty == 0) {
      Penalties.needSecondExamples(name(), support);
    }
    CentredRows x = new CentredRows(space.points(support.rows()), support.rows().dim());
    double[][] rows = x.coordinates();
    int[] labels = support.labels();
    double best = penalty;
    double error = Double.NaN;
    if (penalty == 0) {
      double[] tried = Penalties.tried(x.scale());
      double[] errors = heldOut(rows, labels, support, tried);
      int least = 0;
      for (int i = 1; i < errors.length; i++) {
        least = errors[i] < errors[least] ? i : least;
      }
      best = tried[least];
      error = errors[least];
    }
    SoftmaxFit fit = new SoftmaxFit(rows, labels, support.ways(), x.rank());
    fit.descend(best);
    double[][] weights = new double[support.ways()][];
    double[] bias = new double[support.ways()];
    for (int way = 0; way < weights.length; way++) {
      weights[way] = x.unfolded(fit.weights(way));
      bias[way] = fit.bias(way) - Dense.dot(weights[way], x.mean);
    }
    return new LinearModel(space, weights, bias, best, error);
  }

  /** Mean cross-entropy of the examples when their fold is left out, for each penalty. */
  private double[] heldOut(double[][] rows, int[] labels, SupportSet support, double[] tried) {
    int parts = Math.min(folds, support.shots());
    int[] part = parts(labels, support.ways(), parts);
    double[] errors = new double[tried.length];
    for (int fold = 0; fold < parts; fold++) {
      double[][] learned = new double[rows.length][];
      int[] learnedLabels = new int[rows.length];
      int count = 0;
      for (int i = 0; i < rows.length; i++) {
        if (part[i] != fold) {
          learned[count] = rows[i];
          learnedLabels[count++] = labels[i];
        }
      }
      SoftmaxFit fit =
          new SoftmaxFit(
              Arrays.copyOf(learned, count),
              Arrays.copyOf(learnedLabels, count),
              support.ways(),
              rows[0].length);
      for (int t = 0; t < tried.length; t++) {
        fit.descend(tried[t]); // from where the stronger penalty led
        for (int i = 0; i < rows.length; i++) {
          if (part[i] == fold) {
            double[] logits = fit.logits(rows[i]);
            errors[t] += (Dense.logSumExp(logits) - logits[labels[i]]) / rows.length;
          }
        }
      }
    }
    return errors;
  }

  private static int[] parts(int[] labels, int ways, int parts) {
    int[] seen = new int[ways];
    int[] part = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      part[i] = seen[labels[i]]++ % parts;
    }
    return part;
  }

  @Override
  public double[][] scores(SupportSet support, Embeddings queries) {
    return fit(support).of(queries);
  }
}
