package dev.doppel.gallery.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Item;
import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that changes a gallery is killed at random moments. What it acknowledged must be there,
 * what it was about must be there wholly or not at all, and no id may be given twice.
 *
 * <p>200 kills, in a few minutes:
 *
 * <pre>
 * ./mvnw verify -pl gallery -am -Dgroups=slow -DexcludedGroups= -Dtest=CrashTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class CrashTest {

  /** An item as it should be: its label, and the number that tells all the rest. */
  private record Expected(String label, long number) {}

  private final Path file;
  private final Map<Long, Expected> expected = new TreeMap<>();
  private long number = 1;
  private long highestId;
  private long acknowledged;

  /** What was begun and not acknowledged, if anything. */
  private String @Nullable [] pending;

  CrashTest(@TempDir Path folder) {
    file = folder.resolve("crash.gallery");
    DiskGallery.create(file, ToyRows.stamp(new Head.Cosine())).close();
  }

  @Test
  void fiveKillsLoseNothing() throws Exception {
    kill(5);
  }

  @Test
  @Tag("slow")
  void twoHundredKillsLoseNothing() throws Exception {
    kill(200);
  }

  @SuppressWarnings("SystemOut") // the measured times are what this test is run for
  private void kill(int times) throws Exception {
    Draws draws = Seed.of(times).at("moments").draws();
    double[] milliseconds = new double[times];
    int interrupted = 0;
    for (int i = 0; i < times; i++) {
      try (OtherProcess other = new OtherProcess(CrashingProcess.class, file, number)) {
        follow(other.line());
        long end = System.nanoTime() + (long) (draws.between(0, 150) * 1e6);
        while (System.nanoTime() < end) {
          follow(other.line());
        }
        other.kill();
        other.await();
        for (String line = other.line(); line != null; line = other.line()) {
          follow(line);
        }
      }
      interrupted += pending == null ? 0 : 1;
      long begin = System.nanoTime();
      try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
        milliseconds[i] = (System.nanoTime() - begin) * 1e-6;
        check(gallery);
      }
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        "%d kills, %d of them within a change; %d changes acknowledged, %d items left; opened in"
            + " %.0f ms (median), %.0f ms (slowest)%n",
        times,
        interrupted,
        acknowledged,
        expected.size(),
        milliseconds[times / 2],
        milliseconds[times - 1]);
    assertThat(acknowledged).isGreaterThan(times);
  }

  private void follow(@Nullable String line) {
    if (line == null) {
      return;
    }
    String[] words = line.split(" ");
    if (words[0].equals("try")) {
      pending = words;
      return;
    }
    String[] done = pending;
    if (done == null || words.length < 2 || !words[1].equals(done[1])) {
      return; // a line that the kill cut short
    }
    switch (done[1]) {
      case "enrol" -> {
        if (words.length == 3) {
          enrolled(Long.parseLong(words[2]), done);
        }
      }
      case "forget" -> expected.remove(Long.parseLong(done[2]));
      default -> rename(done);
    }
    pending = null;
    acknowledged++;
  }

  private void enrolled(long id, String[] words) {
    assertThat(id).as("a new id").isGreaterThan(highestId);
    int count = Integer.parseInt(words[3]);
    for (int i = 0; i < count; i++) {
      long which = Long.parseLong(words[2]) + i;
      expected.put(id + i, new Expected("label" + which, which));
    }
    highestId = id + count - 1;
    number = Long.parseLong(words[2]) + count;
  }

  private void rename(String[] words) {
    expected.computeIfPresent(
        Long.parseLong(words[2]), (id, was) -> new Expected(words[3], was.number()));
  }

  private void check(DiskGallery gallery) {
    List<Item> items = gallery.items(Optional.empty(), Filter.none(), 0, Integer.MAX_VALUE);
    settlePending(items);
    assertThat(items.stream().map(Item::id).toList()).isEqualTo(List.copyOf(expected.keySet()));
    for (Item each : items) {
      Expected should = Objects.requireNonNull(expected.get(each.id()));
      Enrolment was = CrashingProcess.numbered(should.number());
      assertThat(each.label()).isEqualTo(should.label());
      assertThat(each.metadata()).isEqualTo(was.metadata());
      assertThat(gallery.embeddings(List.of(each.id())).get(0)).isEqualTo(was.embedding());
      assertThat(gallery.original(each.id()).orElseThrow()).isEqualTo(was.original());
    }
    List<Long> probe = gallery.enrol(List.of(CrashingProcess.numbered(0)));
    assertThat(probe.get(0)).as("a new id").isGreaterThan(highestId);
    highestId = probe.get(0);
    assertThat(gallery.forget(probe)).isEqualTo(1);
  }

  /** What was begun may have happened, or not. */
  private void settlePending(List<Item> items) {
    String[] begun = pending;
    pending = null;
    if (begun == null) {
      return;
    }
    switch (begun[1]) {
      case "enrol" -> {
        long first =
            items.stream().mapToLong(Item::id).filter(id -> id > highestId).min().orElse(0);
        if (first > 0) {
          enrolled(first, begun);
        } else {
          number = Long.parseLong(begun[2]) + Integer.parseInt(begun[3]);
        }
      }
      case "forget" -> {
        long id = Long.parseLong(begun[2]);
        if (items.stream().noneMatch(each -> each.id() == id)) {
          expected.remove(id);
        }
      }
      default -> {
        long id = Long.parseLong(begun[2]);
        if (items.stream().anyMatch(each -> each.id() == id && each.label().equals(begun[3]))) {
          rename(begun);
        }
      }
    }
  }
}
