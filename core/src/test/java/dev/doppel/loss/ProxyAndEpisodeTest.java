package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.Property;
import dev.doppel.error.TrainingException;
import dev.doppel.model.Embeddings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses with two sides against their formulas, value and both gradients. */
class ProxyAndEpisodeTest {

  private static double[][] draw(Draws draws, int count, int dim) {
    double[][] rows = new double[count][dim];
    for (double[] row : rows) {
      for (int k = 0; k < dim; k++) {
        row[k] = (float) (0.8 * draws.gaussian());
      }
    }
    return rows;
  }

  private static double score(Measure measure, double[] a, double[] b) {
    double sum = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < a.length; k++) {
      double d = a[k] - b[k];
      aa += a[k] * a[k];
      bb += b[k] * b[k];
      sum +=
          measure instanceof Similarity
              ? a[k] * b[k]
              : measure == Distance.MANHATTAN ? Math.abs(d) : d * d;
    }
    return measure == Similarity.COSINE
        ? sum / Math.sqrt(aa * bb)
        : measure == Distance.EUCLIDEAN ? Math.sqrt(sum) : sum;
  }

  private static double crossEntropy(double[] logits, int label) {
    double highest = java.util.Arrays.stream(logits).max().orElseThrow();
    double sum = 0;
    for (double x : logits) {
      sum += Math.exp(x - highest);
    }
    return highest + Math.log(sum) - logits[label];
  }

  static List<ProxyLoss> proxyLosses() {
    return List.of(
        ClassifierLoss.normalisedSoftmax(0.2),
        ClassifierLoss.cosFace(12, 0.3),
        ClassifierLoss.arcFace(12, 0.4),
        new ClassifierLoss(12, new AngleMargin.Angular(0.9, false)),
        ProxyAnchorLoss.defaults(),
        new ProxyAnchorLoss(0.3, 5));
  }

  private static double plain(ProxyLoss loss, double[][] x, int[] labels, double[][] w) {
    if (loss instanceof ProxyAnchorLoss anchor) {
      return plain(anchor, x, labels, w);
    }
    ClassifierLoss classifier = (ClassifierLoss) loss;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double[] logits = new double[w.length];
      for (int c = 0; c < w.length; c++) {
        double cosine = score(Similarity.COSINE, x[i], w[c]);
        double own = cosine;
        if (classifier.margin() instanceof AngleMargin.Additive m) {
          own = cosine - m.margin();
        } else if (classifier.margin() instanceof AngleMargin.Angular m) {
          boolean beyond = m.straightened() && Math.acos(cosine) > Math.PI - m.margin();
          own =
              beyond
                  ? cosine - m.margin() * Math.sin(m.margin())
                  : Math.cos(Math.acos(cosine) + m.margin());
        }
        logits[c] = classifier.scale() * (c == labels[i] ? own : cosine);
      }
      sum += crossEntropy(logits, labels[i]);
    }
    return sum / x.length;
  }

  private static double plain(ProxyAnchorLoss loss, double[][] x, int[] labels, double[][] w) {
    double positive = 0;
    double negative = 0;
    int present = 0;
    for (int c = 0; c < w.length; c++) {
      double own = 0;
      double others = 0;
      boolean seen = false;
      for (int i = 0; i < x.length; i++) {
        double s = score(Similarity.COSINE, x[i], w[c]);
        if (labels[i] == c) {
          own += Math.exp(-loss.alpha() * (s - loss.margin()));
          seen = true;
        } else {
          others += Math.exp(loss.alpha() * (s + loss.margin()));
        }
      }
      positive += Math.log1p(own);
      negative += Math.log1p(others);
      present += seen ? 1 : 0;
    }
    return positive / present + negative / w.length;
  }

  @ParameterizedTest
  @MethodSource("proxyLosses")
  void lossesWithProxiesAreTheirFormulas(ProxyLoss loss) {
    Property.holds(
        4,
        seed -> {
          Draws draws = seed.draws();
          double[][] x = draw(draws, 9, 5);
          double[][] w = draw(draws, 4, 5);
          int[] labels = IntStream.range(0, 9).map(i -> draws.below(3)).toArray();
          ProxyLoss.ProxyResult result = loss.of(Close.embeddings(x), labels, Close.embeddings(w));
          Close.value(result.loss().value(), plain(loss, x, labels, w));
          GradientCheck.of(result.loss().gradient(), x, at -> plain(loss, at, labels, w));
          GradientCheck.of(result.proxyGradient(), w, at -> plain(loss, x, labels, at));
        });
  }

  static List<EpisodeLoss> episodeLosses() {
    return List.of(
        PrototypicalLoss.paper(),
        new PrototypicalLoss(Distance.EUCLIDEAN),
        new PrototypicalLoss(Distance.MANHATTAN),
        MatchingLoss.withScale(10),
        new MatchingLoss(Similarity.DOT, 1));
  }

  private static double plain(
      EpisodeLoss loss, double[][] support, int[] of, double[][] query, int[] labels) {
    double sum = 0;
    for (int q = 0; q < query.length; q++) {
      double[] logits = new double[3];
      if (loss instanceof PrototypicalLoss) {
        for (int c = 0; c < 3; c++) {
          double[] mean = new double[support[0].length];
          int size = 0;
          for (int s = 0; s < support.length; s++) {
            size += of[s] == c ? 1 : 0;
            for (int k = 0; k < mean.length; k++) {
              mean[k] += of[s] == c ? support[s][k] : 0;
            }
          }
          for (int k = 0; k < mean.length; k++) {
            mean[k] /= size;
          }
          logits[c] = -score(loss.measure(), query[q], mean);
        }
      } else {
        double[] attention = new double[3];
        for (int s = 0; s < support.length; s++) {
          double scaled =
              ((MatchingLoss) loss).scale() * score(loss.measure(), query[q], support[s]);
          attention[of[s]] += Math.exp(scaled);
        }
        for (int c = 0; c < 3; c++) {
          logits[c] = Math.log(attention[c]);
        }
      }
      sum += crossEntropy(logits, labels[q]);
    }
    return sum / query.length;
  }

  @ParameterizedTest
  @MethodSource("episodeLosses")
  void lossesOverEpisodesAreTheirFormulas(EpisodeLoss loss) {
    int[] of = {2, 0, 0, 1, 2, 2, 1};
    int[] labels = {0, 2, 1, 1};
    Property.holds(
        4,
        seed -> {
          Draws draws = seed.draws();
          double[][] support = draw(draws, of.length, 4);
          double[][] query = draw(draws, labels.length, 4);
          EpisodeResult result =
              loss.of(
                  Close.embeddings(support), of, Close.embeddings(query), labels, WhenEmpty.REFUSE);
          Close.value(result.loss().value(), plain(loss, support, of, query, labels));
          GradientCheck.of(
              result.loss().gradient(), query, at -> plain(loss, support, of, at, labels));
          GradientCheck.of(
              result.supportGradient(), support, at -> plain(loss, at, of, query, labels));
        });
  }

  @Test
  void onUnitSphereGradientsGoThroughTheLength() {
    for (int which : new int[] {0, 4}) {
      RandomBatch random = RandomBatch.odd(Seed.of(11), which);
      int[] labels = random.batch().labels();
      LossResult result = AngularLoss.withAlpha(40).onUnitSphere().of(random.batch());
      PlainLoss plain = PlainLoss.angular(40, Reduction.MEAN);
      GradientCheck.of(
          result.gradient(), random.rows(), rows -> plain.of(unit(rows), labels).value());
    }
  }

  private static double[][] unit(double[][] rows) {
    double[][] unit = new double[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      double length = Math.sqrt(score(Similarity.DOT, rows[i], rows[i]));
      for (int k = 0; k < unit[i].length; k++) {
        unit[i][k] = rows[i][k] / length;
      }
    }
    return unit;
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    Embeddings one = new Embeddings(2, new float[] {1, 2});
    assertThatThrownBy(() -> ProxyAnchorLoss.defaults().of(one, new int[] {1}, one))
        .hasMessageContaining("label 1 has no row among 1 proxies");
    Embeddings nan = new Embeddings(2, new float[] {1, Float.NaN});
    assertThatThrownBy(() -> ProxyAnchorLoss.defaults().of(one, new int[] {0}, nan))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("proxies of which row 0");
    assertThatThrownBy(
            () ->
                PrototypicalLoss.paper()
                    .of(one, new int[] {3}, one, new int[] {4}, WhenEmpty.REFUSE))
        .hasMessageContaining("class 4");
    assertThatThrownBy(
            () ->
                PrototypicalLoss.paper()
                    .of(one, new int[] {3}, one, new int[] {3}, WhenEmpty.REFUSE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("nothing to compare");
    assertThat(
            PrototypicalLoss.paper()
                .of(one, new int[] {3}, one, new int[] {3}, WhenEmpty.COUNT)
                .loss()
                .empty())
        .isTrue();
  }
}
