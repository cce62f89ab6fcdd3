package dev.doppel.data.glyph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.data.Sample;
import dev.doppel.data.omniglot.KochSplit;
import dev.doppel.data.omniglot.LakeRuns;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.random.Seed;
import org.junit.jupiter.api.Test;

class SyntheticOmniglotTest {

  private static final Omniglot SET = SyntheticOmniglot.generate(Seed.of(1));

  @Test
  void itHasOmniglotsShapeAndIsMarked() {
    assertThat(SET.synthetic()).isTrue();
    assertThat(SET.background().groups()).hasSize(30);
    assertThat(SET.background().classes()).hasSize(964);
    assertThat(SET.evaluation().groups()).hasSize(20);
    assertThat(SET.evaluation().classes()).hasSize(659);
    assertThat(SET.background().samples()).hasSize(19_280);
    assertThat(SET.validationAlphabets().groups()).hasSize(10);
    assertThat(SET.validationAlphabets().synthetic()).isTrue();
    assertThat(KochSplit.of(SET).describe()).contains("964 characters").contains("(synthetic)");
  }

  @Test
  void itsRunsAreLikeLakes() {
    assertThat(SET.runs().runs()).hasSize(20);
    assertThat(SET.runs().alphabets()).hasSize(10);
    for (LakeRuns.Run run : SET.runs().runs()) {
      assertThat(run.training()).hasSize(20);
      assertThat(run.items()).hasSize(20);
      assertThat(run.training().stream().map(Sample::group).distinct()).hasSize(1);
      assertThat(run.training().stream().map(Sample::drawer).distinct()).hasSize(1);
      assertThat(run.items().stream().map(LakeRuns.Item::answer).distinct()).hasSize(20);
      for (LakeRuns.Item item : run.items()) {
        assertThat(item.image().sameClass(run.training().get(item.answer()))).isTrue();
        assertThat(item.image().drawer()).isNotEqualTo(run.training().get(0).drawer());
      }
    }
  }

  @Test
  void everyMachineDrawsTheSame() {
    // Written down once: a change would make figures of earlier releases incomparable.
    assertThat(SET.fingerprint()).isEqualTo("70f953b3c4cf2d7f");
  }
}
