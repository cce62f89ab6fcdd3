package dev.doppel.fewshot;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Multinomial logistic regression: minimises {@code Σ cross-entropy + penalty/2 · |W|²}, the biases
 * free. Unless given, the penalty is chosen by the cross-entropy of folds that are left out in
 * turn.
 *
 * <p>Folds take turns within each class, in an order that the rows themselves have: nothing is
 * drawn, and the order in which examples come does not matter.
 *
 * @param space how rows are looked at
 * @param penalty above 0, or 0 to choose it
 * @param folds at most so many; never more than the smallest class has examples
 */
public record LogisticClassifier(Space space, double penalty, int folds) implements FewShotMethod {

  /** Share of the first slope that is left of a fit, and of one that only compares penalties. */
  private static final double ARRIVED = 1e-7;

  private static final double NEAR = 1e-3;

  /** Penalties that may be worse in a row: the error has one valley, but for noise. */
  private static final int PATIENCE = 2;

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
    Choice choice =
        penalty > 0 ? new Choice(penalty, Double.NaN) : choose(rows, labels, support, x.scale());
    SoftmaxFit fit = new SoftmaxFit(rows, labels, support.ways(), x.rank());
    fit.descend(choice.penalty, ARRIVED);
    double[][] weights = new double[support.ways()][];
    double[] bias = new double[support.ways()];
    for (int way = 0; way < weights.length; way++) {
      weights[way] = x.unfolded(fit.weights(way));
      bias[way] = fit.bias(way) - Dense.dot(weights[way], x.mean);
    }
    return new LinearModel(space, weights, bias, choice.penalty, choice.error);
  }

  private record Choice(double penalty, double error) {}

  /** From the strongest penalty on, until weaker ones have been worse so often. */
  private Choice choose(double[][] rows, int[] labels, SupportSet support, double scale) {
    int parts = Math.min(folds, support.shots());
    int[] part = parts(support, parts);
    SoftmaxFit[] fits = new SoftmaxFit[parts];
    for (int fold = 0; fold < parts; fold++) {
      fits[fold] = without(fold, part, rows, labels, support.ways());
    }
    Choice best = new Choice(0, Double.POSITIVE_INFINITY);
    int worse = 0;
    for (double tried : Penalties.tried(scale, 1)) {
      double error = 0;
      for (SoftmaxFit fit : fits) {
        fit.descend(tried, NEAR); // from where the stronger penalty led
      }
      for (int i = 0; i < rows.length; i++) {
        error += fits[part[i]].loss(rows[i], labels[i]) / rows.length;
      }
      boolean better = error < best.error;
      best = better ? new Choice(tried, error) : best;
      worse = better ? 0 : worse + 1;
      if (worse == PATIENCE) {
        break;
      }
    }
    return best;
  }

  private static SoftmaxFit without(int fold, int[] part, double[][] rows, int[] labels, int ways) {
    double[][] learned = new double[rows.length][];
    int[] learnedLabels = new int[rows.length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      if (part[i] != fold) {
        learned[count] = rows[i];
        learnedLabels[count++] = labels[i];
      }
    }
    return new SoftmaxFit(
        Arrays.copyOf(learned, count), Arrays.copyOf(learnedLabels, count), ways, rows[0].length);
  }

  /** The fold of each example; they take turns within a class. */
  private static int[] parts(SupportSet support, int parts) {
    int[] labels = support.labels();
    float[][] rows = new float[labels.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = support.rows().row(i);
    }
    int[] seen = new int[support.ways()];
    int[] part = new int[labels.length];
    IntStream.range(0, rows.length)
        .boxed()
        .sorted((a, b) -> Arrays.compare(rows[a], rows[b])) // not as they came
        .forEach(i -> part[i] = seen[labels[i]]++ % parts);
    return part;
  }

  @Override
  public double[][] scores(SupportSet support, Embeddings queries) {
    return fit(support).of(queries);
  }
}
