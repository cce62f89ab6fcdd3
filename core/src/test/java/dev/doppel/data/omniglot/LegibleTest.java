package dev.doppel.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.image.Bitmap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LegibleTest {

  private static Group group(String name) {
    List<Sample> samples =
        IntStream.rangeClosed(17, 20)
            .mapToObj(
                drawer -> new Sample(name, "character01", drawer, new Bitmap.Builder(2, 2).build()))
            .toList();
    return new Group(name, List.of(new ImageClass(name, "character01", samples)));
  }

  @Test
  void oneDrawerOfOneAlphabetIsLeftOut() {
    Dataset all = new Dataset("test", false, List.of(group("Ge_ez"), group("Tengwar")));

    Dataset legible = Legible.of(all);

    assertThat(legible.name()).isEqualTo("test, legible");
    assertThat(legible.groups().get(0).classes().get(0).samples())
        .extracting(Sample::drawer)
        .containsExactly(17, 19, 20);
    assertThat(legible.groups().get(1)).isEqualTo(all.groups().get(1));
  }
}
