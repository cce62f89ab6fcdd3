package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.episode.Negatives;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final Dataset KNOWN = ToyAlphabets.of(4, 20, 20);
  private static final Dataset ASKED = ToyAlphabets.of(4, 21, 22, 23);
  private static final Verification PAIRS =
      new Verification(KNOWN, ASKED, Negatives.SAME_GROUP, 2000, 3);

  @Test
  void whoKnowsTheClassesIsAlwaysRight() {
    Evaluation found = PAIRS.run(ToyMatcher.oracle());

    assertThat(found.score().accuracy()).isEqualTo(1);
    assertThat(found.score().protocol()).isEqualTo("verification, negatives from the same group");
    assertThat(found.figures())
        .containsEntry("threshold", 0.5)
        .containsEntry("validation accuracy", 1.0)
        .containsEntry("auc", 1.0)
        .containsEntry("eer", 0.0)
        .containsEntry("tar at far 0.01", 1.0)
        .containsEntry("tar at far 0.001", 1.0);
    assertThat(found.outcomes()).hasSize(2000).allMatch(Outcome::right);
  }

  @Test
  void guessingIsRightHalfOfTheTime() {
    Evaluation found = PAIRS.run(ToyMatcher.random(1));

    assertThat(found.score().accuracy()).isCloseTo(0.5, within(0.05));
    assertThat(found.figures().get("auc")).isCloseTo(0.5, within(0.05));
    assertThat(found.figures().get("eer")).isCloseTo(0.5, within(0.05));
  }

  /** Scores shift between both sets, so a threshold of the first is worthless on the second. */
  @Test
  void theThresholdComesFromTheValidationPairs() {
    int last = 2; // only the test set has this alphabet
    ToyMatcher shifting =
        ToyMatcher.of(
            "shifting",
            (a, b) ->
                ToyMatcher.oracle().score().applyAsDouble(a, b)
                    + (ToyAlphabets.read(a, 0) == last ? 10 : 0));

    Evaluation found = PAIRS.run(shifting);
    assertThat(found.figures()).containsEntry("threshold", 0.5);
    assertThat(found.score().accuracy()).isCloseTo(5.0 / 6, within(0.01));
  }

  /** Fooled within alphabets and never across: validation shows which different pairs it had. */
  @Test
  void theThresholdIsSetOnTheSameKindOfNegatives() {
    ToyMatcher fooled =
        ToyMatcher.of(
            "fooled",
            (a, b) ->
                ToyAlphabets.read(a, 0) != ToyAlphabets.read(b, 0)
                    ? 0
                    : 2 - ToyMatcher.oracle().score().applyAsDouble(a, b));
    Dataset many = ToyAlphabets.of(4, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20);

    assertThat(new Verification(many, ASKED, Negatives.SAME_GROUP, 2000, 3).run(fooled).figures())
        .containsEntry("validation accuracy", 0.5);
    assertThat(new Verification(many, ASKED, Negatives.ANY, 2000, 3).run(fooled).figures())
        .containsEntry("threshold", 0.5)
        .hasEntrySatisfying(
            "validation accuracy", accuracy -> assertThat(accuracy).isGreaterThan(0.9));
  }

  @Test
  void oneScoreForAllIsRefusedByName() {
    assertThatThrownBy(() -> PAIRS.run(ToyMatcher.of("flat", (a, b) -> 0.5)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("flat");
  }

  @Test
  void theListOfPairsSaysWhatEachIs() {
    assertThat(PAIRS.questions().csv())
        .startsWith("relation,first,second\nsame,alphabet00/character")
        .contains("\ndifferent,");
  }

  @Test
  void whatTheDataCannotSupplyIsRefusedAtOnce() {
    assertThatThrownBy(() -> new Verification(KNOWN, ToyAlphabets.of(1, 5), Negatives.ANY, 100, 1))
        .isInstanceOf(OptionException.class);
  }
}
