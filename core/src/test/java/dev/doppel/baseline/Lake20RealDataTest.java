package dev.doppel.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.data.RealData;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Interval;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Lake20;
import dev.doppel.eval.Matcher;
import dev.doppel.eval.Protocols;
import dev.doppel.eval.TrialList;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("real-data")
class Lake20RealDataTest {

  private static @Nullable Omniglot omniglot;

  @BeforeAll
  static void read() {
    omniglot = RealData.omniglot().map(Omniglot::read).orElse(null);
  }

  private static Optional<Omniglot> omniglot() {
    return Optional.ofNullable(omniglot);
  }

  /** As published: 1-NN 21.7 (Koch et al. 2015), modified Hausdorff 61.2 (Lake et al. 2015). */
  @ParameterizedTest
  @CsvSource({"pixel-cosine, 87", "pixel-centred-blurred, 219", "modified-hausdorff, 245"})
  void theBaselinesScoreAsPublishedOfFourHundred(String name, int right) {
    omniglot()
        .ifPresent(
            data -> {
              Matcher matcher = Baselines.named(name);
              Evaluation found = Lake20.of(data).run(matcher);

              assertThat(found.score().trials()).isEqualTo(400);
              assertThat(found.score().accuracy()).isEqualTo(right / 400.0);
              assertThat(found.score().interval()).isEqualTo(Interval.wilson(right, 400));
              assertThat(found.score().seed()).isZero();
              assertThat(found.score().synthetic()).isFalse();
              assertThat(Lake20.of(data).run(matcher)).isEqualTo(found); // every run identical
            });
  }

  @Test
  void theListOfTrialsReadsBack(@TempDir Path folder) {
    omniglot()
        .ifPresent(
            data -> {
              TrialList list = Lake20.of(data).questions();
              list.write(folder.resolve("lake20.csv"));

              assertThat(TrialList.read(folder.resolve("lake20.csv"), data.evaluation().samples()))
                  .isEqualTo(list);
            });
  }

  @Test
  void kochsDrawOverTheValidationAlphabetsHasFourHundredTrials() {
    omniglot()
        .ifPresent(
            data -> {
              Koch400 koch =
                  (Koch400) Protocols.named("koch400", data, Map.of("alphabets", "validation"));

              assertThat(koch.name()).isEqualTo("koch400");
              assertThat(koch.questions().trials()).hasSize(400);
              assertThat(koch.run(new PixelCentredBlurred()).score().accuracy())
                  .isBetween(0.35, 0.85);
            });
  }
}
