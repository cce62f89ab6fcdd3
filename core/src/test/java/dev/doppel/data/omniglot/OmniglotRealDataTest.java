package dev.doppel.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.data.Dataset;
import dev.doppel.data.RealData;
import dev.doppel.data.Sample;
import dev.doppel.image.Bitmap;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-data")
class OmniglotRealDataTest {

  private static Optional<Omniglot> real = Optional.empty();

  @BeforeAll
  static void readOnce() {
    real = RealData.omniglot().map(Omniglot::read);
  }

  @Test
  void thePublishedSetIsWhole() {
    RealData.omniglot()
        .map(OmniglotReport::of)
        .ifPresent(
            report -> {
              assertThat(report.problems()).isEmpty();
              assertThat(report.fingerprint()).isEqualTo(OmniglotShape.PUBLISHED.fingerprint());
              assertThat(report.describe())
                  .contains("30 alphabets   964 characters  20 drawers  19,280 images")
                  .contains("20 alphabets   659 characters  20 drawers  13,180 images")
                  .contains("20 runs")
                  .contains("the published set");
            });
  }

  @Test
  void theWholeSetTakesLessThanSixtyMegabytes() {
    RealData.omniglot()
        .ifPresent(
            folder -> {
              long before = heap();
              Omniglot set = Omniglot.read(folder);
              long taken = heap() - before;
              assertThat(set.background().groups()).hasSize(30); // still held when measured
              System.err.printf("the whole set takes %.1f MB of heap%n", taken / 1e6);
              assertThat(taken).isBetween(40_000_000L, 60_000_000L);
            });
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void eightPercentOfThePixelsAreInk() {
    real.ifPresent(
        set -> {
          double ink =
              set.background()
                  .samples()
                  .map(Sample::image)
                  .mapToInt(image -> ink((Bitmap) image))
                  .average()
                  .orElseThrow();
          assertThat(ink / (Omniglot.SIDE * Omniglot.SIDE)).isBetween(0.077, 0.079);
        });
  }

  @Test
  void theRunsUseTenAlphabetsTwiceAndTwoDrawersEach() {
    real.ifPresent(
        set -> {
          assertThat(set.runs().alphabets())
              .containsExactly(
                  "Atlantean",
                  "Ge_ez",
                  "Glagolitic",
                  "Gurmukhi",
                  "Kannada",
                  "Malayalam",
                  "Manipuri",
                  "Old_Church_Slavonic_(Cyrillic)",
                  "Tengwar",
                  "Tibetan");
          assertThat(set.runs().runs()).hasSize(20);
          for (LakeRuns.Run run : set.runs().runs()) {
            assertThat(run.training().stream().map(Sample::drawer).distinct()).hasSize(1);
            assertThat(run.items().stream().map(item -> item.image().drawer()).distinct())
                .hasSize(1)
                .doesNotContain(run.training().get(0).drawer());
            assertThat(run.items().stream().map(LakeRuns.Item::answer).distinct()).hasSize(20);
          }
        });
  }

  @Test
  void noTwoPartsOfKochsSplitShareAnAlphabetOrADrawer() {
    real.map(KochSplit::of)
        .ifPresent(
            split -> {
              assertThat(split.training().samples()).hasSize(964 * 12);
              assertThat(split.validation().samples()).hasSize(277 * 4);
              assertThat(split.test().samples()).hasSize(382 * 4);
              assertThat(alphabets(split.validation()))
                  .doesNotContainAnyElementsOf(alphabets(split.test()));
              assertThat(alphabets(split.training()))
                  .doesNotContainAnyElementsOf(alphabets(split.test()))
                  .doesNotContainAnyElementsOf(alphabets(split.validation()));
              assertThat(drawers(split.training())).hasSize(12);
              assertThat(drawers(split.validation())).containsExactlyInAnyOrder(13, 14, 15, 16);
              assertThat(drawers(split.test())).containsExactlyInAnyOrder(17, 18, 19, 20);
              assertThat(split.describe())
                  .contains("964 characters  drawers 1–12   11,568 images")
                  .contains("277 characters  drawers 13–16   1,108 images")
                  .contains("382 characters  drawers 17–20   1,528 images");
            });
  }

  private static Set<String> alphabets(Dataset set) {
    return set.groups().stream().map(group -> group.name()).collect(Collectors.toSet());
  }

  private static Set<Integer> drawers(Dataset set) {
    return new HashSet<>(set.samples().map(Sample::drawer).toList());
  }

  private static int ink(Bitmap image) {
    int count = 0;
    for (byte eight : image.bits()) {
      count += Integer.bitCount(eight & 0xFF);
    }
    return count;
  }
}
