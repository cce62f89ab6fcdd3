package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.data.omniglot.KochSplit;
import dev.doppel.data.omniglot.LakeRuns;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.OptionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolsTest {

  /** Four alphabets for evaluation, two of them with a run each. */
  private static final Omniglot TOY = toy();

  private static Omniglot toy() {
    Dataset evaluation = ToyAlphabets.of(20, 20, 21, 22, 23);
    List<LakeRuns.Run> runs = new ArrayList<>();
    for (int g = 0; g < 2; g++) {
      List<Sample> training = new ArrayList<>();
      List<LakeRuns.Item> items = new ArrayList<>();
      for (int way = 0; way < 20; way++) {
        training.add(evaluation.groups().get(g).classes().get(way).samples().get(0));
        int asked = (way + 7) % 20;
        items.add(
            new LakeRuns.Item(
                evaluation.groups().get(g).classes().get(asked).samples().get(1), asked));
      }
      runs.add(new LakeRuns.Run("run0" + g, training, items));
    }
    return new Omniglot(ToyAlphabets.of(20, 20), evaluation, new LakeRuns(runs), "0");
  }

  @Test
  void everyNameRunsAndIsSynthetic() {
    for (String name : Protocols.names()) {
      if (name.equals("vinyals") || name.equals("robustness")) {
        continue; // they change images, which the oracle cannot read then
      }
      Score score = Protocols.named(name, TOY).run(ToyMatcher.oracle()).score();
      assertThat(score.accuracy()).as(name).isEqualTo(1);
      assertThat(score.synthetic()).as(name).isTrue();
      assertThat(Protocols.series(name, TOY, Map.of())).hasSize(1);
    }
  }

  @Test
  void vinyalsIsATableOfFourFigures() {
    List<Protocol> table = Protocols.series("vinyals", TOY, Map.of("trials", "100"));

    assertThat(table)
        .extracting(Protocol::name)
        .containsExactly(
            "episodes 5-way 1-shot across, 5 queries a set",
            "episodes 5-way 5-shot across, 5 queries a set",
            "episodes 20-way 1-shot across, 20 queries a set",
            "episodes 20-way 5-shot across, 20 queries a set");
    Score score = table.get(0).run(ToyMatcher.random(1)).score();
    assertThat(score.trials()).isEqualTo(100);
    assertThat(score.data())
        .isEqualTo(
            "synthetic vinyals test, 86 of 86 evaluation characters held out, 28 px, four turns");
    assertThatThrownBy(() -> Protocols.named("vinyals", TOY))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("series");
  }

  @Test
  void robustnessIsACurveForEachKind() {
    assertThat(
            Protocols.series(
                "robustness", TOY, Map.of("distort", "rotation:10,20;noise", "draws", "2")))
        .extracting(Protocol::name)
        .startsWith(
            "koch80 × 2 draws",
            "koch80 × 2 draws, query rotation 10°",
            "koch80 × 2 draws, query rotation 20°",
            "koch80 × 2 draws, query noise 0.01")
        .hasSize(8);
    assertThat(Protocols.series("robustness", TOY, Map.of())).hasSize(25);
    assertThatThrownBy(
            () -> Protocols.series("robustness", TOY, Map.of("distort", "rotation:many")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("list of numbers");
    assertThatThrownBy(() -> Protocols.series("robustness", TOY, Map.of("distort", "rotatoin:5")))
        .isInstanceOf(OptionException.class)
        .hasMessageEndingWith("Did you mean rotation?");
  }

  @Test
  void settingsChangeTheQuestions() {
    Protocol episodes =
        Protocols.named(
            "episodes",
            TOY,
            Map.of("ways", "5", "shots", "3", "scope", "across", "hands", "other", "trials", "17"));
    assertThat(episodes.name()).isEqualTo("episodes 5-way 3-shot across, other hands");
    assertThat(episodes.run(ToyMatcher.oracle()).score().trials()).isEqualTo(17);

    assertThat(Protocols.named("koch400", TOY, Map.of("draws", "3", "seed", "4")))
        .isInstanceOfSatisfying(
            Koch400.class,
            koch -> {
              assertThat(koch.draws()).isEqualTo(3);
              assertThat(koch.seed()).isEqualTo(4);
            });
    assertThat(Protocols.named("verification", TOY, Map.of("drawers", "legible")))
        .isInstanceOfSatisfying(
            Verification.class,
            it ->
                assertThat(it.test().name())
                    .isEqualTo(KochSplit.of(TOY).test().name() + ", legible"));
    assertThat(Protocols.named("verification", TOY, Map.of("negatives", "any")).name())
        .endsWith("any group");
  }

  @Test
  void testAndValidationAlphabetsNeverMix() {
    List<Sample> test =
        Protocols.named("episodes", TOY).questions() instanceof TrialList list
            ? list.trials().stream().map(trial -> trial.query()).toList()
            : List.of();
    List<Sample> validation =
        Protocols.named("episodes", TOY, Map.of("alphabets", "validation")).questions()
                instanceof TrialList list
            ? list.trials().stream().map(trial -> trial.query()).toList()
            : List.of();

    assertThat(test).extracting(Sample::group).containsOnly("alphabet00", "alphabet01");
    assertThat(validation).extracting(Sample::group).containsOnly("alphabet02", "alphabet03");
  }

  @Test
  void unknownNamesAndSettingsAreRefusedWithTheNearest() {
    assertThatThrownBy(() -> Protocols.named("lake2", TOY))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("lake20, koch400, verification, episodes, vinyals, robustness")
        .hasMessageEndingWith("Did you mean lake20?");
    assertThatThrownBy(() -> Protocols.named("koch400", TOY, Map.of("draw", "3")))
        .isInstanceOf(OptionException.class)
        .hasMessageEndingWith("Did you mean draws?");
    assertThatThrownBy(() -> Protocols.named("lake20", TOY, Map.of("seed", "3")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("no settings");
    assertThatThrownBy(() -> Protocols.named("episodes", TOY, Map.of("ways", "many")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("whole number");
    assertThatThrownBy(() -> Protocols.named("koch400", TOY, Map.of("draws", "3000000000")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("at most");
    assertThatThrownBy(() -> Protocols.named("episodes", TOY, Map.of("scope", "witin")))
        .isInstanceOf(OptionException.class)
        .hasMessageEndingWith("Did you mean within?");
  }
}
