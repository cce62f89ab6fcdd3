package dev.doppel.gallery.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Item;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Encoder;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.model.Twin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReembeddingTest {

  /** Embeds a grey pixel as its level, so many times. */
  private record Grey(int dim) implements Encoder {

    @Override
    public Preprocess preprocess() {
      return new Preprocess(1, 1, 1, false, false, List.of(0f), List.of(1f));
    }

    @Override
    public float[] embed(float[] planes, int count) {
      float[] rows = new float[count * dim];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = planes[i / dim];
      }
      return rows;
    }
  }

  private static Twin twin(String fingerprint, int dim) {
    Provenance none = new Provenance("grey", "", "", true, 0, Map.of(), Map.of(), Map.of());
    return new Twin(
        "grey " + fingerprint,
        fingerprint,
        new Grey(dim),
        new Head.Euclidean(),
        new Calibration(-0.1, 100, 9),
        none);
  }

  private static byte[] pgm(int level) {
    return ("P2 1 1 255 " + level + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private final Path file;

  ReembeddingTest(@TempDir Path folder) {
    file = folder.resolve("things.gallery");
    try (DiskGallery gallery = DiskGallery.create(file, ModelStamp.of(twin("0ld0ld0ld0ld", 1)))) {
      List<Enrolment> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(new Enrolment("l" + i % 9, new float[] {-1}, Map.of("n", "" + i), pgm(i)));
      }
      gallery.enrol(all);
      gallery.forget("l3");
    }
  }

  private void enrolWithoutPictures() {
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      gallery.enrol(
          List.of(
              new Enrolment("bare", new float[] {1}, Map.of(), null),
              new Enrolment("none", new float[] {1}, Map.of(), new byte[] {1, 2})));
    }
  }

  private static List<Item> items(DiskGallery gallery) {
    return gallery.items(Optional.empty(), Filter.none(), 0, 1000);
  }

  @Test
  void everyItemIsEmbeddedAnewAndElseStaysAsItWas() {
    List<Item> was;
    try (DiskGallery gallery = DiskGallery.open(file, Access.READ)) {
      was = items(gallery);
    }
    Twin other = twin("newnew", 3);
    Reembedding.Result result = Reembedding.run(file, other, false, Progress.NONE);

    assertThat(result.items()).isEqualTo(was.size());
    assertThat(result.dropped()).isZero();
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      assertThat(gallery.model()).isEqualTo(ModelStamp.of(other));
      assertThat(items(gallery)).isEqualTo(was);
      for (Item each : was) {
        float level = Float.parseFloat(String.valueOf(each.metadata().get("n"))) / 255;
        assertThat(gallery.embeddings(List.of(each.id())).get(0))
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(level, level, level);
      }
      assertThat(gallery.enrol(List.of(new Enrolment("x", new float[3], Map.of(), null))))
          .containsExactly(101L);
    }
    assertThat(result.before()).hasFileName("things.gallery.before-0ld0ld0l");
    try (DiskGallery before = DiskGallery.open(result.before(), Access.READ)) {
      assertThat(items(before)).isEqualTo(was);
      assertThat(before.model().dim()).isEqualTo(1);
    }
  }

  @Test
  void itemsWithoutAPictureAreAReasonToRefuseUnlessTheyMayBeDropped() throws Exception {
    enrolWithoutPictures();
    byte[] bytes = Files.readAllBytes(file);
    Twin other = twin("newnew", 3);

    assertThatThrownBy(() -> Reembedding.run(file, other, false, Progress.NONE))
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("2 items")
        .hasMessageContaining("101, 102")
        .hasMessageContaining("dropped");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);

    Reembedding.Result result = Reembedding.run(file, other, true, Progress.NONE);
    assertThat(result.dropped()).isEqualTo(2);
    try (DiskGallery gallery = DiskGallery.open(file, Access.READ)) {
      assertThat(gallery.stats().items()).isEqualTo(89);
      assertThat(gallery.labels(Filter.none(), "b", 9)).extracting("label").doesNotContain("bare");
    }
  }

  @Test
  void theSameModelOrAnOldCopyInTheWayIsRefused() throws Exception {
    assertThatThrownBy(() -> Reembedding.run(file, twin("0ld0ld0ld0ld", 1), false, Progress.NONE))
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("already");
    Files.createFile(file.resolveSibling("things.gallery.before-0ld0ld0l"));
    assertThatThrownBy(() -> Reembedding.run(file, twin("new", 1), false, Progress.NONE))
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("there already");
  }

  @Test
  void progressIsToldToTheEnd() {
    List<Long> told = new ArrayList<>();
    Reembedding.run(file, twin("new", 2), false, (done, of) -> told.add(done * 1000 + of));
    assertThat(told).isSorted().endsWith(89L * 1000 + 89);
  }
}
