package dev.doppel.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.model.Embeddings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearModelTest {

  private static double[][] symmetric(int n, Draws draws) {
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = draws.gaussian();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  @Test
  void eigenvectorsAreOrthonormalAndMakeTheMatrixAgain() {
    for (int n : new int[] {1, 2, 3, 7, 40}) {
      double[][] matrix = symmetric(n, Seed.of(n).draws());
      if (n == 7) { // values that coincide
        for (int i = 0; i < n; i++) {
          Arrays.fill(matrix[i], 1);
        }
      }
      double[][] copy = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
      SymmetricEigen eigen = new SymmetricEigen(copy);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double again = 0;
          for (int e = 0; e < n; e++) {
            again += eigen.vectors[e][i] * eigen.values[e] * eigen.vectors[e][j];
          }
          assertThat(again).isCloseTo(matrix[i][j], within(1e-12 * n));
          assertThat(Dense.dot(eigen.vectors[i], eigen.vectors[j]))
              .isCloseTo(i == j ? 1 : 0, within(1e-12 * n));
        }
      }
    }
  }

  private static Embeddings noise(int count, int dim, Draws draws) {
    float[] values = new float[count * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 + draws.gaussian());
    }
    return new Embeddings(dim, values);
  }

  private static double[][] targets(Embeddings rows, Draws draws) {
    double[][] targets = new double[rows.count()][2];
    for (int i = 0; i < targets.length; i++) {
      targets[i][0] = 3 + 2 * rows.row(i)[0] - rows.row(i)[1] + 0.1 * draws.gaussian();
      targets[i][1] = draws.gaussian();
    }
    return targets;
  }

  @ParameterizedTest
  @CsvSource({"12, 5, 0.7", "6, 20, 0.7", "6, 20, 100"}) // more examples than dimensions, and fewer
  void theSlopeOfTheRidgesOwnSumVanishes(int count, int dim, double penalty) {
    Draws draws = Seed.of(count).draws();
    Embeddings rows = noise(count, dim, draws);
    double[][] targets = targets(rows, draws);

    LinearModel model = new RidgeRegression(Space.EUCLIDEAN, penalty).fit(rows, targets);

    double[][] found = model.of(rows);
    for (int o = 0; o < 2; o++) {
      double sum = 0;
      double[] slope = new double[dim];
      Dense.add(slope, penalty, model.weights()[o]);
      for (int i = 0; i < count; i++) {
        double residual = found[i][o] - targets[i][o];
        sum += residual;
        for (int k = 0; k < dim; k++) {
          slope[k] += residual * rows.row(i)[k];
        }
      }
      assertThat(sum).isCloseTo(0, within(1e-9));
      for (double each : slope) {
        assertThat(each).isCloseTo(0, within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 4", "6, 15"})
  void leavingOneOutInOneGoIsFittingWithoutEach(int count, int dim) {
    Draws draws = Seed.of(dim).draws();
    Embeddings rows = noise(count, dim, draws);
    double[][] targets = targets(rows, draws);
    RidgeRegression ridge = new RidgeRegression(Space.EUCLIDEAN, 0.4);

    double sum = 0;
    for (int left = 0; left < count; left++) {
      int without = left;
      int[] others = java.util.stream.IntStream.range(0, count).filter(i -> i != without).toArray();
      double[][] known = Arrays.stream(others).mapToObj(i -> targets[i]).toArray(double[][]::new);
      LinearModel model = ridge.fit(SupportSet.rows(rows, others), known);
      double[] found = model.of(new Embeddings(dim, rows.row(left)))[0];
      for (int o = 0; o < 2; o++) {
        sum += (found[o] - targets[left][o]) * (found[o] - targets[left][o]);
      }
    }

    assertThat(ridge.fit(rows, targets).heldOut()).isCloseTo(sum / count, within(1e-9));
  }

  @Test
  void theChosenPenaltyIsTheBestOfThoseTried() {
    Draws draws = Seed.of(9).draws();
    Embeddings rows = noise(30, 10, draws);
    double[][] targets = targets(rows, draws);
    LinearModel chosen = RidgeRegression.defaults().fit(rows, targets);

    for (double factor : new double[] {1e-3, 1e-1, 10, 1e3}) {
      double other =
          new RidgeRegression(Space.EUCLIDEAN, factor * chosen.penalty())
              .fit(rows, targets)
              .heldOut();
      assertThat(chosen.heldOut()).isLessThanOrEqualTo(other);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 6", "20, 6"})
  void theSlopeOfTheLogisticsOwnSumVanishes(int dim, int shots) {
    ToyEpisode episode = ToyEpisode.of(11, 3, shots, 1, dim, 1);
    double penalty = 0.2;
    Embeddings rows = episode.support().rows();

    LinearModel model = new LogisticClassifier(Space.EUCLIDEAN, penalty, 5).fit(episode.support());

    double[][] logits = model.of(rows);
    for (int way = 0; way < 3; way++) {
      double sum = 0;
      double[] slope = new double[dim];
      Dense.add(slope, penalty, model.weights()[way]);
      for (int i = 0; i < logits.length; i++) {
        double push =
            Math.exp(logits[i][way] - Dense.logSumExp(logits[i]))
                - (episode.support().labels()[i] == way ? 1 : 0);
        sum += push;
        for (int k = 0; k < dim; k++) {
          slope[k] += push * rows.row(i)[k];
        }
      }
      assertThat(sum).isCloseTo(0, within(1e-5));
      for (double each : slope) {
        assertThat(each).isCloseTo(0, within(1e-5));
      }
    }
  }

  @Test
  void foldsChooseAStrongPenaltyForNoiseAndAWeakOneForClearClasses() {
    ToyEpisode clear = ToyEpisode.of(12, 3, 8, 1, 10, 0.1);
    ToyEpisode noise = ToyEpisode.of(12, 3, 8, 1, 10, 20);
    LogisticClassifier logistic = LogisticClassifier.defaults();

    LinearModel ofClear = logistic.fit(clear.support());
    LinearModel ofNoise = logistic.fit(noise.support());

    assertThat(ofClear.penalty()).isLessThan(ofNoise.penalty() / 10);
    assertThat(ofClear.heldOut()).isLessThan(0.1);
    assertThat(ofNoise.heldOut()).isBetween(0.7 * Math.log(3), 1.1 * Math.log(3));
  }
}
