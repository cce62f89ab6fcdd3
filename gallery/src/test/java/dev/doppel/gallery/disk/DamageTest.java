package dev.doppel.gallery.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.Property;
import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Item;
import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import dev.doppel.random.Draws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a disk, a copy or another program has spoilt: refused, or as they were written. */
class DamageTest {

  private static final int ITEMS = 120;

  private final Path folder;
  private final Path file;

  DamageTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("whole.gallery");
    DiskGallery.create(file, ToyRows.stamp(new Head.Cosine())).close();
  }

  private static void enrol(DiskGallery gallery, long from, long to) {
    gallery.enrol(LongStream.range(from, to).mapToObj(CrashingProcess::numbered).toList());
  }

  /** Everything as it was written, or a refusal; never anything else. */
  private boolean opens(Path spoilt, Access access, int atLeast) {
    try (DiskGallery gallery = DiskGallery.open(spoilt, access)) {
      List<Item> items = gallery.items(Optional.empty(), Filter.none(), 0, 10_000);
      assertThat(items).hasSizeBetween(atLeast, ITEMS);
      for (int i = 0; i < items.size(); i++) {
        Item item = items.get(i);
        var was = CrashingProcess.numbered(i + 1);
        assertThat(item.id()).isEqualTo(i + 1);
        assertThat(item.label()).isEqualTo(was.label());
        assertThat(item.metadata()).isEqualTo(was.metadata());
        assertThat(gallery.embeddings(List.of(item.id())).get(0)).isEqualTo(was.embedding());
        assertThat(gallery.original(item.id()).orElseThrow()).isEqualTo(was.original());
      }
      assertThat(gallery.model()).isEqualTo(ToyRows.stamp(new Head.Cosine()));
      return true;
    } catch (GalleryException refused) {
      assertThat(refused.getMessage()).contains("spoilt");
      return false;
    }
  }

  private Path copy(Path from) throws IOException {
    Path spoilt = folder.resolve("spoilt.gallery");
    Files.deleteIfExists(Database.log(spoilt));
    Files.deleteIfExists(Database.logIndex(spoilt));
    Files.copy(from, spoilt, StandardCopyOption.REPLACE_EXISTING);
    if (Files.exists(Database.log(from))) {
      Files.copy(Database.log(from), Database.log(spoilt));
    }
    return spoilt;
  }

  @Test
  void flippedBytesAreRefusedOrMakeNoDifference() {
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      enrol(gallery, 1, ITEMS + 1);
    }
    AtomicInteger refused = new AtomicInteger();
    Property.holds(
        60,
        seed -> {
          try {
            Path spoilt = copy(file);
            byte[] bytes = Files.readAllBytes(spoilt);
            Draws draws = seed.draws();
            for (int flip = 0; flip <= draws.below(4); flip++) {
              bytes[draws.below(bytes.length)] ^= (byte) (1 << draws.below(8));
            }
            Files.write(spoilt, bytes);
            boolean read = opens(spoilt, Access.READ, ITEMS);
            boolean written = opens(spoilt, Access.WRITE, ITEMS);
            refused.addAndGet(read && written ? 0 : 1);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(refused.get()).as("most of a file matters").isGreaterThan(30);
  }

  @Test
  void aTruncatedFileIsRefused() {
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      enrol(gallery, 1, ITEMS + 1);
    }
    Property.holds(
        15,
        seed -> {
          try {
            Path spoilt = copy(file);
            byte[] bytes = Files.readAllBytes(spoilt);
            Files.write(spoilt, Arrays.copyOf(bytes, seed.draws().below(bytes.length)));
            assertThat(opens(spoilt, Access.READ, ITEMS)).isFalse();
            assertThat(opens(spoilt, Access.WRITE, ITEMS)).isFalse();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /**
   * The log of a writer that was killed, torn at any place or with bytes flipped: SQLite takes it
   * up to the last change that is whole, so what opens is a state that was there once.
   */
  @Test
  void aTornLogGivesAStateThatWasThere() throws IOException {
    Path killed = folder.resolve("killed.gallery");
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      for (int i = 1; i <= ITEMS; i++) {
        enrol(gallery, i, i + 1);
      }
      Files.copy(file, killed);
      Files.copy(Database.log(file), Database.log(killed));
    }
    assertThat(opens(copy(killed), Access.WRITE, ITEMS)).isTrue();

    byte[] log = Files.readAllBytes(Database.log(killed));
    AtomicInteger opened = new AtomicInteger();
    Property.holds(
        40,
        seed -> {
          try {
            Path spoilt = copy(killed);
            Draws draws = seed.draws();
            byte[] torn = Arrays.copyOf(log, draws.below(log.length));
            if (draws.chance(0.5) && torn.length > 0) {
              torn = log.clone();
              torn[draws.below(log.length)] ^= 1;
            }
            Files.write(Database.log(spoilt), torn);
            opened.addAndGet(
                opens(spoilt, draws.chance(0.5) ? Access.READ : Access.WRITE, 0) ? 1 : 0);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(opened.get()).isGreaterThan(15);
  }

  @Test
  void aRowThatAnotherProgramTookAwayIsMissed() throws Exception {
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      enrol(gallery, 1, ITEMS + 1);
    }
    for (String sql :
        List.of(
            "DELETE FROM item WHERE id = 7",
            "UPDATE item SET label = 'label9' WHERE id = 8",
            "UPDATE item SET metadata = NULL WHERE id = 8",
            "UPDATE item SET original_bytes = NULL, original_seal = NULL WHERE id = 8",
            "UPDATE model SET dim = 8",
            "DELETE FROM tally",
            "DELETE FROM model",
            "DROP TABLE item")) {
      Path spoilt = copy(file);
      try (var on = Database.write(spoilt)) {
        Database.execute(on, sql);
      }
      assertThat(opens(spoilt, Access.WRITE, ITEMS)).as(sql).isFalse();
      assertThat(opens(spoilt, Access.READ, ITEMS)).as(sql).isFalse();
    }
    Path spoilt = copy(file);
    try (var on = Database.write(spoilt)) {
      Database.execute(on, "DELETE FROM original WHERE item = 7");
    }
    assertThat(opens(spoilt, Access.WRITE, ITEMS)).as("an original").isFalse();
  }
}
