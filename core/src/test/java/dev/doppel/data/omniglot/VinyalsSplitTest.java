package dev.doppel.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.RealData;
import dev.doppel.data.Sample;
import dev.doppel.image.QuarterTurn;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VinyalsSplitTest {

  @Test
  void eachCharacterBecomesFourClassesAt28Pixels() {
    Dataset turned = VinyalsSplit.published(ToyAlphabets.of(3, 5, 6));

    assertThat(turned.name()).isEqualTo("toy, 28 px, four turns");
    assertThat(turned.synthetic()).isTrue();
    assertThat(turned.classes()).hasSize(4 * 11).doesNotHaveDuplicates();
    assertThat(turned.samples()).allMatch(s -> s.image().width() == 28 && s.image().height() == 28);
    List<ImageClass> first = turned.groups().get(0).classes().subList(0, 4);
    assertThat(first)
        .extracting(ImageClass::name)
        .containsExactly(
            "character00-turned000",
            "character00-turned090",
            "character00-turned180",
            "character00-turned270");
    for (int turns = 0; turns < 4; turns++) {
      Sample straight = first.get(0).samples().get(2);
      Sample turn = first.get(turns).samples().get(2);
      assertThat(turn.drawer()).isEqualTo(straight.drawer());
      assertThat(turn.className()).isEqualTo(first.get(turns).name());
      assertThat(turn.image()).isEqualTo(QuarterTurn.of(straight.image(), turns));
    }
  }

  @Test
  @Tag("real-data")
  void heldOutCharactersAreOfTheEvaluationSetAlone() {
    RealData.omniglot().ifPresent(folder -> check(Omniglot.read(folder)));
  }

  private static void check(Omniglot omniglot) {
    VinyalsSplit split = VinyalsSplit.heldOut(omniglot, 1);

    assertThat(split.training().classes())
        .hasSize(1200)
        .containsAll(omniglot.background().classes());
    assertThat(split.test().classes())
        .hasSize(423)
        .isSubsetOf(omniglot.evaluation().classes())
        .doesNotContainAnyElementsOf(split.training().classes());
    assertThat(split.test().name())
        .isEqualTo("vinyals test, 423 of 659 evaluation characters held out");
    assertThat(VinyalsSplit.heldOut(omniglot, 1).test()).isEqualTo(split.test());
    assertThat(VinyalsSplit.heldOut(omniglot, 2).test()).isNotEqualTo(split.test());

    VinyalsSplit any = VinyalsSplit.anyCharacters(omniglot, 1);
    assertThat(any.training().classes()).hasSize(1200);
    assertThat(any.test().classes())
        .hasSize(423)
        .doesNotContainAnyElementsOf(any.training().classes())
        .containsAnyElementsOf(omniglot.background().classes());
  }
}
