package dev.doppel.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.Decision;
import dev.doppel.ToyAlphabets;
import dev.doppel.baseline.Baselines;
import dev.doppel.data.Dataset;
import dev.doppel.data.RealData;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.data.omniglot.OmniglotSource;
import dev.doppel.episode.EpisodeShape.Scope;
import dev.doppel.eval.AnswerRule;
import dev.doppel.eval.Matcher;
import dev.doppel.eval.OpenSet;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.PairScores;
import dev.doppel.image.Image;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thresholds that were set on some classes keep their promise on others. */
class OpenSetHonestyTest {

  private static final Dataset NOTHING = new Dataset("nothing", true, List.of());

  /** Embeddings of classes anywhere on a sphere of 24 dimensions, with a spread of their own. */
  private record Cloud(long seed) implements Matcher {

    private static final int DIM = 24;

    @Override
    public String name() {
      return "cloud";
    }

    @Override
    public Comparison over(List<Image> images) {
      float[] values = new float[images.size() * DIM];
      for (int i = 0; i < images.size(); i++) {
        Image image = images.get(i);
        Seed member = Seed.of(seed).at(ToyAlphabets.read(image, 0)).at(ToyAlphabets.read(image, 1));
        Draws centre = member.draws();
        Draws hand = member.at(ToyAlphabets.read(image, 2)).draws();
        for (int k = 0; k < DIM; k++) {
          values[i * DIM + k] = (float) (centre.gaussian() + 0.6 * hand.gaussian());
        }
      }
      Embeddings rows = new Embeddings(DIM, values);
      Head head = new Head.Cosine();
      return (first, second) -> head.score(rows, first, rows, second);
    }
  }

  private record Rule(Calibration calibration) implements AnswerRule {

    @Override
    public double threshold(double falseAccepts, int labels) {
      return calibration.threshold(falseAccepts, labels);
    }

    @Override
    public Ruling rule(double[] closest, double falseAccepts, int labels) {
      double probability = calibration.probabilities(closest, labels)[0];
      Decision decision =
          Decision.of(calibration.falseAccepts(closest[0], labels), probability, falseAccepts);
      return new Ruling(Said.valueOf(decision.name()), probability);
    }
  }

  private static Calibration fit(Matcher matcher, Dataset data) {
    var classes = PairScores.choose(data);
    List<Image> images =
        classes.stream()
            .flatMap(each -> each.samples().stream())
            .map(dev.doppel.data.Sample::image)
            .toList();
    return Calibration.fit(PairScores.of(classes, matcher.over(images), done -> {}), data.name());
  }

  @Test
  void simulatedStrangersAreLetInAsOftenAsAsked() {
    Calibration calibration = fit(new Cloud(1), ToyAlphabets.of(8, 40, 40, 40, 40, 40, 40));
    OpenSet protocol =
        new OpenSet(
            ToyAlphabets.of(8, 40, 40, 40, 40, 40, 40),
            NOTHING,
            List.of(1, 20, 100),
            List.of(0.05, 0.01),
            Scope.ACROSS,
            20,
            1);

    OpenSetReport report = protocol.run(new Cloud(2), new Rule(calibration)); // other classes

    for (OpenSetReport.Row row : report.rows()) {
      assertThat(row.falseAccepts().interval().low()).as("%s", row).isLessThan(row.allowed());
      assertThat(row.falseAccepts().share())
          .as("%s", row)
          .isBetween(0.3 * row.allowed(), 1.4 * row.allowed());
      assertThat(row.strangers().known()).isLessThanOrEqualTo(row.falseAccepts().share());
    }
    assertThat(report.rows().get(2).trueAccepts().share()).isGreaterThan(0.3);
    report.reliabilities().forEach(each -> assertThat(each.error()).isLessThan(0.08));
  }

  @Test
  @Tag("real-data")
  void strangersOfOtherAlphabetsAreLetInAtMostTwiceAsOftenAsAsked() {
    Path data = RealData.omniglot().orElse(null);
    if (data == null) {
      return;
    }
    Omniglot omniglot = OmniglotSource.here(data).readWithoutBackground().omniglot();
    Matcher pixels = Baselines.named("pixel-centred-blurred");
    Dataset few = omniglot.validationAlphabets().byDrawers("validation, few drawers", 1, 5);
    OpenSet protocol =
        new OpenSet(
            omniglot.testAlphabets(), NOTHING, List.of(100), List.of(0.01), Scope.ACROSS, 8, 1);

    OpenSetReport.Row row = protocol.run(pixels, new Rule(fit(pixels, few))).rows().get(0);

    assertThat(row.falseAccepts().share()).isLessThanOrEqualTo(0.02);
    assertThat(row.trueAccepts().share()).isPositive();
  }
}
