package dev.doppel.gallery.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Item;
import dev.doppel.gallery.LabelCount;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GalleryExportTest {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1, 2, 3};
  private static final ModelStamp MODEL = ToyRows.stamp(new Head.Cosine());

  private final Path folder;
  private final Path file;
  private final Path zip;

  GalleryExportTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("things.gallery");
    this.zip = folder.resolve("things.zip");
  }

  static List<ModelStamp> models() {
    return ToyRows.stamps();
  }

  /** A gallery with gaps in its ids, and labels that are no file names. */
  private void fill(ModelStamp model) {
    try (DiskGallery gallery = DiskGallery.create(file, model)) {
      List<Enrolment> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] original = i % 3 == 0 ? new byte[i] : PNG;
        all.add(
            new Enrolment(
                "../label/" + i % 7,
                ToyRows.row(Seed.of(i)),
                i % 2 == 0 ? Map.of("ö", "\"" + i) : Map.of(),
                i % 5 == 0 ? null : original));
      }
      List<Long> ids = gallery.enrol(all);
      gallery.forget(List.of(ids.get(3), ids.get(39)));
      GalleryExport.write(file, zip, Progress.NONE); // beside the writer
    }
  }

  private static void sameItems(DiskGallery is, DiskGallery should) {
    List<Item> items = should.items(Optional.empty(), Filter.none(), 0, 1000);
    assertThat(is.items(Optional.empty(), Filter.none(), 0, 1000)).isEqualTo(items);
    for (Item each : items) {
      assertThat(is.embeddings(List.of(each.id())).get(0))
          .isEqualTo(should.embeddings(List.of(each.id())).get(0));
      assertThat(is.original(each.id()).map(b -> b.length))
          .isEqualTo(should.original(each.id()).map(b -> b.length));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatWasExportedComesBackAsItWas(ModelStamp model) {
    fill(model);
    Path other = folder.resolve("other.gallery");
    try (GalleryImport taken = GalleryImport.open(zip)) {
      assertThat(taken.name()).isEqualTo("things");
      assertThat(taken.model()).isEqualTo(model);
      assertThat(taken.items()).isEqualTo(38);
      taken.create(other, Progress.NONE);
    }
    try (DiskGallery is = DiskGallery.open(other, Access.WRITE);
        DiskGallery should = DiskGallery.open(file, Access.READ)) {
      sameItems(is, should);
      assertThat(is.enrol(List.of(ToyRows.enrolment("new", 1)))).containsExactly(41L);
    }
  }

  @Test
  void otherProgramsCanReadIt() throws IOException {
    fill(MODEL);
    try (ZipFile open = new ZipFile(zip.toFile())) {
      assertThat(open.stream().map(ZipEntry::getName))
          .contains("gallery.json", "items.jsonl", "embeddings.npy", "originals/2.png")
          .contains("originals/7.bin")
          .allMatch(name -> name.matches("[a-z]+\\.[a-z]+|originals/\\d+\\.[a-z]+"));
      byte[] rows = bytes(open, "embeddings.npy");
      assertThat(new String(rows, 0, 6, StandardCharsets.ISO_8859_1)).isEqualTo("\u0093NUMPY");
      assertThat(new String(rows, 10, 118, StandardCharsets.US_ASCII))
          .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (38, 7), }")
          .endsWith("\n");
      assertThat(rows).hasSize(128 + 38 * 7 * 4);
      assertThat(new String(bytes(open, "items.jsonl"), StandardCharsets.UTF_8).lines())
          .hasSize(38)
          .first()
          .asString()
          .startsWith("{\"id\":1,\"label\":\"../label/0\",\"enrolled\":\"20")
          .endsWith("\"metadata\":{\"ö\":\"\\\"0\"}}");
    }
  }

  private static byte[] bytes(ZipFile open, String name) throws IOException {
    try (InputStream in = open.getInputStream(open.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  @Test
  void anExportJoinsAGalleryOfTheSameModelOnly() {
    fill(MODEL);
    Path other = folder.resolve("other.gallery");
    try (DiskGallery into = DiskGallery.create(other, MODEL);
        GalleryImport taken = GalleryImport.open(zip)) {
      into.enrol(List.of(ToyRows.enrolment("../label/0", 99), ToyRows.enrolment("own", 98)));
      assertThat(taken.addTo(into, Progress.NONE)).startsWith(3L).hasSize(38);
      assertThat(into.stats().items()).isEqualTo(40);
      assertThat(into.labels(Filter.none(), "../label", 1))
          .containsExactly(new LabelCount("../label/0", 7));
      assertThat(into.enrol(List.of(ToyRows.enrolment("more", 1)))).containsExactly(41L);
    }
    try (DiskGallery again = DiskGallery.open(other, Access.READ)) {
      assertThat(again.stats().items()).isEqualTo(41);
      assertThat(again.original(4)).hasValueSatisfying(b -> assertThat(b).isEqualTo(PNG));
    }
    ModelStamp foreign = ToyRows.stamp(new Head.Euclidean());
    try (DiskGallery into = DiskGallery.create(folder.resolve("foreign.gallery"), foreign);
        GalleryImport taken = GalleryImport.open(zip)) {
      assertThatThrownBy(() -> taken.addTo(into, Progress.NONE))
          .isInstanceOf(GalleryException.class)
          .hasMessageContaining("toy-cosine")
          .hasMessageContaining("toy-euclidean");
    }
  }

  /** The same zip with other content of some of its files. */
  private Path spoilt(Map<String, byte[]> others, String... without) throws IOException {
    Path target = folder.resolve("spoilt.zip");
    Map<String, byte[]> all = new LinkedHashMap<>();
    try (ZipFile open = new ZipFile(zip.toFile())) {
      for (ZipEntry each : Collections.list(open.entries())) {
        all.put(each.getName(), bytes(open, each.getName()));
      }
    }
    all.putAll(others);
    all.keySet().removeAll(List.of(without));
    try (OutputStream out = Files.newOutputStream(target);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> each : all.entrySet()) {
        to.putNextEntry(new ZipEntry(each.getKey()));
        to.write(each.getValue());
        to.closeEntry();
      }
    }
    return target;
  }

  private byte[] content(String name) throws IOException {
    try (ZipFile open = new ZipFile(zip.toFile())) {
      return bytes(open, name);
    }
  }

  private byte[] edited(String name, String from, String to) throws IOException {
    String text = new String(content(name), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    return text.replaceFirst(Pattern.quote(from), to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aSpoiltExportIsTakenNotAtAll() throws IOException {
    fill(MODEL);
    byte[] rows = content("embeddings.npy");
    byte[] flipped = rows.clone();
    flipped[200] ^= 1;
    byte[] half = Arrays.copyOf(rows, rows.length / 2);
    List<Map<String, byte[]>> spoils =
        List.of(
            Map.of("../evil", PNG),
            Map.of("/etc/passwd", PNG),
            Map.of("originals/../../evil.png", PNG),
            Map.of("embeddings.npy", flipped),
            Map.of("embeddings.npy", half),
            Map.of("embeddings.npy", new byte[0]),
            Map.of("items.jsonl", edited("items.jsonl", "label/0", "label/1")),
            Map.of("items.jsonl", edited("items.jsonl", "\"id\":2", "\"id\":1")),
            Map.of("items.jsonl", edited("items.jsonl", "originals/2.", "originals/3.")),
            Map.of("items.jsonl", edited("items.jsonl", "{\"id\"", "{{\"id\"")),
            Map.of("items.jsonl", new byte[3 << 20]),
            Map.of("originals/2.png", new byte[11]),
            Map.of("originals/2.png", new byte[1 << 20]),
            Map.of("gallery.json", edited("gallery.json", "38", "37")),
            Map.of("gallery.json", edited("gallery.json", "38", "39")),
            Map.of("gallery.json", edited("gallery.json", "\"version\" : 1", "\"version\" : 2")),
            Map.of("gallery.json", edited("gallery.json", "\"dim\" : 7", "\"dim\" : 2000000000")),
            Map.of("gallery.json", edited("gallery.json", "\"cosine\"", "\"sine\"")),
            Map.of("gallery.json", "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII)));
    Path target = folder.resolve("target.gallery");
    try (DiskGallery into = DiskGallery.create(folder.resolve("into.gallery"), MODEL)) {
      into.enrol(List.of(ToyRows.enrolment("own", 1)));
      for (Map<String, byte[]> each : spoils) {
        refused(spoilt(each), target, into, each.keySet().toString());
      }
      refused(spoilt(Map.of(), "originals/2.png"), target, into, "no original");
      refused(spoilt(Map.of(), "gallery.json"), target, into, "no header");
      refused(Files.write(folder.resolve("cut.zip"), cut(zip)), target, into, "not a whole one");
      refused(file, target, into, "no zip");
      refused(folder, target, into, "a folder");
      assertThat(into.enrol(List.of(ToyRows.enrolment("own", 2)))).containsExactly(2L);
    }
  }

  private static byte[] cut(Path zip) throws IOException {
    byte[] all = Files.readAllBytes(zip);
    return Arrays.copyOf(all, all.length - 100);
  }

  private static void refused(Path export, Path target, DiskGallery into, String what) {
    assertThatThrownBy(
            () -> {
              try (GalleryImport taken = GalleryImport.open(export)) {
                taken.create(target, Progress.NONE);
              }
            },
            what)
        .isInstanceOf(GalleryException.class);
    assertThat(target).doesNotExist();
    assertThatThrownBy(
            () -> {
              try (GalleryImport taken = GalleryImport.open(export)) {
                taken.addTo(into, Progress.NONE);
              }
            },
            what)
        .isInstanceOf(GalleryException.class);
    assertThat(into.stats().items()).isEqualTo(1);
  }

  @Test
  void anExportIsWrittenOnlyWhereThereIsNothing() throws IOException {
    fill(MODEL);
    assertThatThrownBy(() -> GalleryExport.write(file, zip, Progress.NONE))
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("there already");
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    }
  }
}
