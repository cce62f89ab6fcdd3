package dev.doppel.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.DataException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FolderSplitTest {

  private static ImageFolder folder(int groups, int classes, int images) {
    int[] sizes = new int[groups];
    Arrays.fill(sizes, classes);
    return new ImageFolder(
        ToyAlphabets.of(images, sizes), "0123456789abcdef", 0, false, List.of(), 0);
  }

  @Test
  void aFifthOfTheClassesIsHeldBackWhole() {
    ImageFolder folder = folder(3, 10, 4);

    FolderSplit split = FolderSplit.of(folder, 1);

    assertThat(split.byClasses()).isTrue();
    assertThat(split.validation().classes()).hasSize(6);
    Set<ImageClass> both = new HashSet<>(split.training().classes());
    assertThat(both).hasSize(24).doesNotContainAnyElementsOf(split.validation().classes());
    both.addAll(split.validation().classes());
    assertThat(both).isEqualTo(new HashSet<>(folder.data().classes()));
    assertThat(split.training().groups()).hasSize(1);
    assertThat(FolderSplit.of(folder, 1)).isEqualTo(split);
    assertThat(FolderSplit.of(folder, 2)).isNotEqualTo(split);
  }

  @Test
  void imagesAreHeldBackWhereClassesAreFew() {
    FolderSplit split = FolderSplit.of(folder(1, 3, 10), 1);

    assertThat(split.byClasses()).isFalse();
    assertThat(split.training().classes()).hasSize(3).allMatch(each -> each.samples().size() == 8);
    assertThat(split.validation().classes())
        .hasSize(3)
        .allMatch(each -> each.samples().size() == 2);
    Set<Sample> learned = new HashSet<>(split.training().samples().toList());
    assertThat(split.validation().samples()).doesNotContainAnyElementsOf(learned);
  }

  @Test
  void whatCannotBeSplitIsRefused() {
    assertThatThrownBy(() -> FolderSplit.of(folder(1, 1, 9), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("two classes");
    assertThatThrownBy(() -> FolderSplit.of(folder(1, 12, 1), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("fewer than two images in");
    assertThatThrownBy(() -> FolderSplit.of(folder(1, 3, 3), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no class has four images")
        .hasMessageContaining("from ten on whole classes are held back");
  }

  /** The rule as docs/own-models.md has it. */
  @Test
  void belowTenClassesTwoOfThemNeedFourImages() {
    assertThat(FolderSplit.of(folder(1, 10, 2), 1).byClasses()).isTrue();
    assertThat(FolderSplit.of(folder(1, 2, 4), 1).byClasses()).isFalse();
    assertThatThrownBy(() -> FolderSplit.of(folder(1, 9, 3), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least two must have four images");
  }

  @Test
  void halvesShareNoClassAndMissNone() {
    Dataset data = ToyAlphabets.of(2, 5, 4);

    Dataset first = FolderSplit.half(data, 0);
    Dataset second = FolderSplit.half(data, 1);

    assertThat(first.groups()).extracting(Group::name).containsExactly("all");
    assertThat(first.classes()).hasSize(5).doesNotContainAnyElementsOf(second.classes());
    assertThat(second.classes()).hasSize(4);
  }
}
