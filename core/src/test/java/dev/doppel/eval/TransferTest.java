package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class TransferTest {

  private static final Dataset DIGITS = ToyAlphabets.of(12, 10);

  @Test
  void eachTrialHasOneImageOfEveryClassAndAnotherToAskAbout() {
    Transfer transfer = Protocols.transfer(DIGITS, Map.of());

    assertThat(transfer.questions().trials())
        .hasSize(400)
        .allSatisfy(
            trial -> {
              assertThat(trial.ways()).isEqualTo(10);
              assertThat(trial.support()).allMatch(way -> way.size() == 1);
              assertThat(trial.support().stream().map(way -> way.get(0).className()))
                  .doesNotHaveDuplicates();
            });
    assertThat(transfer.questions().trials().stream().map(trial -> trial.query()))
        .extracting(Sample::className)
        .contains("character00", "character09");
  }

  @Test
  void imagesAsTheyAreNeedNoPaper() {
    Evaluation found =
        Protocols.transfer(DIGITS, Map.of("ink", "0", "pen", "0")).run(ToyMatcher.oracle());

    assertThat(found.score().accuracy()).isEqualTo(1);
    assertThat(found.score().protocol()).isEqualTo("transfer 10-way 1-shot, as it is");
    assertThat(found.score().interval()).isEqualTo(Interval.wilson(400, 400));
  }

  @Test
  void theMatcherSeesEveryImageOnPaperAndQuestionsKeepThem() {
    ConcurrentLinkedQueue<Image> seen = new ConcurrentLinkedQueue<>();
    ToyMatcher spy =
        ToyMatcher.of(
            "spy",
            (a, b) -> {
              seen.add(a);
              return a.hashCode() ^ b.hashCode();
            });
    Transfer transfer =
        Protocols.transfer(DIGITS, Map.of("ink", "0.5", "pen", "2", "trials", "20"));
    Evaluation found = transfer.run(spy);

    assertThat(seen).allMatch(image -> image.width() == 105 && image.height() == 105);
    assertThat(found.score().protocol())
        .isEqualTo("transfer 10-way 1-shot, ink 0.5 of the sheet, pen 2");
    assertThat(found.outcomes().get(0))
        .isInstanceOfSatisfying(
            Outcome.OfTrial.class,
            outcome -> assertThat(outcome.trial().query().image().width()).isEqualTo(8));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("ink", "2"),
            Map.of("ink", "much"),
            Map.of("pen", "0.2"),
            Map.of("ways", "11"),
            Map.of("trials", "0"),
            Map.of("queries", "3"))) {
      assertThatThrownBy(() -> Protocols.transfer(DIGITS, wrong))
          .as(wrong.toString())
          .isInstanceOf(OptionException.class);
    }
  }
}
