package dev.doppel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.data.glyph.GlyphAlphabets;
import dev.doppel.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

  private static final Dataset SET = GlyphAlphabets.generate(Seed.of(1), 3, 4, 5);

  @Test
  void classesAndSamplesComeInOrder() {
    assertThat(SET.classes()).hasSize(12);
    assertThat(SET.samples().map(Sample::id).limit(6))
        .containsExactly(
            "Glyphs_01/character01/01",
            "Glyphs_01/character01/02",
            "Glyphs_01/character01/03",
            "Glyphs_01/character01/04",
            "Glyphs_01/character01/05",
            "Glyphs_01/character02/01");
  }

  @Test
  void aChoiceOfDrawersKeepsEveryClassAndTheMark() {
    Dataset some = SET.byDrawers("some", 2, 3);
    assertThat(some.name()).isEqualTo("some");
    assertThat(some.synthetic()).isTrue();
    assertThat(some.classes()).hasSize(12);
    assertThat(some.samples().map(Sample::drawer).distinct()).containsExactly(2, 3);
    assertThat(some.classes().get(3).samples())
        .isEqualTo(SET.classes().get(3).samples().subList(1, 3));
  }

  @Test
  void aChoiceOfGroupsKeepsThemWhole() {
    Dataset second = SET.where("second", group -> group.name().endsWith("02"));
    assertThat(second.groups()).isEqualTo(List.of(SET.groups().get(1)));
    assertThat(second.synthetic()).isTrue();
  }

  @Test
  void moreGroupsOfOneSeedHoldAllOfFewer() {
    Dataset many = GlyphAlphabets.generate(Seed.of(1), 9, 2, 2);
    Dataset three = many.someGroups(3, Seed.of(5));
    Dataset six = many.someGroups(6, Seed.of(5));

    assertThat(three.groups()).hasSize(3);
    assertThat(three.name()).isEqualTo(many.name() + ", 3 of 9 groups");
    assertThat(three.synthetic()).isTrue();
    assertThat(six.groups()).hasSize(6).containsAll(three.groups());
    assertThat(many.groups()).containsSubsequence(six.groups());
    assertThat(many.someGroups(3, Seed.of(6)).groups()).isNotEqualTo(three.groups());
    assertThat(many.someGroups(0, Seed.of(5)))
        .isEqualTo(many.someGroups(9, Seed.of(5)))
        .isEqualTo(many);
    assertThatThrownBy(() -> many.someGroups(10, Seed.of(5)))
        .hasMessageContaining("alphabets")
        .hasMessageContaining("0 to 9");
  }

  @Test
  void charactersOfOneNameInTwoAlphabetsAreTwoClasses() {
    Sample first = SET.groups().get(0).classes().get(0).samples().get(0);
    Sample other = SET.groups().get(1).classes().get(0).samples().get(0);
    assertThat(first.className()).isEqualTo(other.className());
    assertThat(first.sameClass(other)).isFalse();
    assertThat(first.sameClass(SET.groups().get(0).classes().get(0).samples().get(4))).isTrue();
  }
}
