package dev.doppel.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.error.OptionException;
import dev.doppel.model.Head;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelIndexTest {

  private static final Filter NONE = Filter.none();
  private static final int DIM = 24;
  private static final ModelStamp MODEL = new ModelStamp("toy", "f0", DIM, new Head.Cosine());

  /** Near one of many centres, as embeddings of many things are; some longer than others. */
  private static float[] row(Draws draws) {
    Draws centre = Seed.of(21).at(draws.below(60)).draws();
    double length = draws.between(0.5, 2);
    float[] row = new float[DIM];
    for (int d = 0; d < DIM; d++) {
      row[d] = (float) (length * (centre.gaussian() + 0.45 * draws.gaussian()));
    }
    return row;
  }

  private static Enrolment enrolment(String label, Draws draws) {
    return new Enrolment(label, row(draws), Map.of("half", "" + draws.below(2)), null);
  }

  private static List<Enrolment> enrolments(int labels, Draws draws) {
    return IntStream.range(0, labels + labels / 2)
        .mapToObj(i -> enrolment("label" + i % labels, draws))
        .toList();
  }

  private static Gallery gallery(SearchMode mode) {
    return new MemoryGallery("memory", MODEL, mode);
  }

  /** How often both find the same closest label; whatever is found is scored alike. */
  private static double recall(Gallery index, Gallery exact, int queries, Seed seed) {
    Draws draws = seed.draws();
    int same = 0;
    for (int q = 0; q < queries; q++) {
      float[] query = row(draws);
      Ranking found = index.search(query, 3, NONE);
      Ranking truth = exact.search(query, 3, NONE);
      assertThat(found.exact()).isFalse();
      assertThat(found.labels()).isEqualTo(truth.labels());
      assertThat(found.ranked()).hasSameSizeAs(truth.ranked());
      for (Ranking.Ranked each : found.ranked()) {
        assertThat(each.score()).isCloseTo(exact.score(query, each.label()), within(1e-9));
      }
      same += found.ranked().get(0).equals(truth.ranked().get(0)) ? 1 : 0;
    }
    return (double) same / queries;
  }

  @Test
  void theClosestLabelIsFoundAlmostAlways() {
    Gallery index = gallery(SmallIndexes.atOnce());
    Gallery exact = gallery(SearchMode.exact());
    List<Enrolment> all = enrolments(4000, Seed.of(1).draws());
    index.enrol(all);
    exact.enrol(all);

    assertThat(recall(index, exact, 1000, Seed.of(2))).isGreaterThanOrEqualTo(0.99);
    assertThat(index.stats().search()).isEqualTo("approximate");
    assertThat(exact.stats().search()).isEqualTo("exact");
    assertThat(index.stats().memoryBytes() - exact.stats().memoryBytes())
        .isBetween(4000 * DIM * 4L, 4000 * DIM * 20L);
  }

  @Test
  void anySequenceOfChangesIsFollowed() {
    Gallery index = gallery(SmallIndexes.atOnce());
    Gallery exact = gallery(SearchMode.exact());
    Draws draws = Seed.of(3).draws();
    List<Gallery> both = List.of(index, exact);
    List<Enrolment> all = enrolments(800, draws);
    both.forEach(each -> each.enrol(all));
    double least = 1;
    for (int i = 0; i < 1500; i++) {
      List<LabelCount> labels = exact.labels(NONE, "label" + draws.below(999), 2);
      if (labels.size() < 2) {
        continue;
      }
      String one = labels.get(0).label();
      String other = labels.get(1).label();
      List<Long> ids = exact.items(Optional.of(one), NONE, 0, 1).stream().map(Item::id).toList();
      Enrolment more = enrolment(draws.chance(0.5) ? one : "label" + (800 + i), draws);
      int what = draws.below(8);
      for (Gallery each : both) {
        switch (what) {
          case 0 -> each.forget(ids);
          case 1 -> each.forget(one);
          case 2 -> each.rename(one, "renamed" + one);
          case 3 -> each.merge(one, other);
          default -> each.enrol(List.of(more));
        }
      }
      if (i % 50 == 49) {
        least = Math.min(least, recall(index, exact, 40, Seed.of(i)));
      }
    }
    assertThat(least).isGreaterThanOrEqualTo(0.95);
    both.forEach(Gallery::compact);
    assertThat(recall(index, exact, 200, Seed.of(4))).isGreaterThanOrEqualTo(0.98);
  }

  @Test
  void changesThatTheIndexHasNotFollowedYetAreSeen() {
    Deque<Runnable> later = new ArrayDeque<>();
    Gallery gallery = gallery(SmallIndexes.by(later::add));
    Draws draws = Seed.of(5).draws();
    List<Enrolment> all = enrolments(800, draws);
    gallery.enrol(all);
    assertThat(gallery.search(row(draws), 1, NONE).exact()).isTrue(); // and waits for nothing
    later.remove().run();
    assertThat(gallery.search(row(draws), 1, NONE).exact()).isFalse();

    gallery.forget("label510");
    gallery.rename("label611", "renamed");
    gallery.merge("label612", "label613");
    Enrolment fresh = enrolment("new", draws);
    gallery.enrol(List.of(fresh));
    Enrolment again = enrolment("label510", draws);
    gallery.enrol(List.of(again));
    gallery.enrol(enrolments(30, draws)); // more than is left to be looked at one by one
    assertThat(later).hasSize(1);

    for (int round = 0; round < 2; round++) {
      List<Ranking.Ranked> ranked = gallery.search(fresh.embedding(), 1, NONE).ranked();
      assertThat(ranked.get(0).label()).isEqualTo("new");
      ranked = gallery.search(again.embedding(), 1, NONE).ranked();
      assertThat(ranked.get(0).label()).isEqualTo("label510");
      assertThat(ranked.get(0).items()).isEqualTo(1);
      ranked = gallery.search(all.get(611).embedding(), 1, NONE).ranked();
      assertThat(ranked.get(0).label()).isEqualTo("renamed");
      Ranking everything = gallery.search(all.get(612).embedding(), 2000, NONE);
      assertThat(everything.exact()).isFalse();
      assertThat(everything.ranked()).hasSize(800).doesNotHaveDuplicates();
      assertThat(everything.ranked())
          .extracting(Ranking.Ranked::label)
          .contains("label613", "renamed", "new", "label510")
          .doesNotContain("label611", "label612");
      later.forEach(Runnable::run);
    }
  }

  @Test
  void changesWhileAnIndexIsMadeAreNeverMissed() throws Exception {
    ExecutorService background = Executors.newSingleThreadExecutor();
    try (Gallery gallery = gallery(SmallIndexes.by(background))) {
      Draws draws = Seed.of(6).draws();
      gallery.enrol(enrolments(2000, draws));
      boolean exact = false;
      boolean approximate = false;
      for (int i = 0; i < 300 || !approximate; i++) {
        if (i % 60 == 59 && i < 200) {
          gallery.compact(); // rows are numbered anew, and all is to be made again
        }
        Enrolment comes = enrolment("comes" + i, draws);
        List<Long> ids = gallery.enrol(List.of(comes, comes));
        Ranking found = gallery.search(comes.embedding(), 2, NONE);
        assertThat(found.ranked().get(0).label()).isEqualTo("comes" + i);
        assertThat(found.ranked().get(0).items()).isEqualTo(2);
        assertThat(gallery.forget(ids.subList(0, 1 + i % 2))).isEqualTo(1 + i % 2);
        found = gallery.search(comes.embedding(), 2, NONE);
        assertThat(found.ranked().get(0).label().equals("comes" + i)).isEqualTo(i % 2 == 0);
        exact |= found.exact();
        approximate |= !found.exact();
      }
      assertThat(exact).isTrue();
    } finally {
      background.shutdownNow();
    }
  }

  @Test
  void aViewFromBeforeIsSearchedAsItWas() {
    Catalogue catalogue = new Catalogue(MODEL, SmallIndexes.atOnce());
    Draws draws = Seed.of(7).draws();
    List<Entry> entries = new ArrayList<>();
    for (Enrolment each : enrolments(2000, draws)) {
      entries.add(Entry.of(entries.size() + 1, each, Instant.EPOCH));
    }
    catalogue.add(entries.subList(0, 2500));
    View before = catalogue.view();
    float[] query = entries.get(1505).embedding();
    assertThat(before.search(query, 3, NONE).exact()).isFalse();

    catalogue.add(entries.subList(2500, 3000));
    catalogue.remove(before.ids("label1505"));
    catalogue.rebuild();
    Ranking found = before.search(query, 3, NONE);
    assertThat(found.exact()).isTrue();
    assertThat(found.ranked().get(0).label()).isEqualTo("label1505");
    assertThat(catalogue.view().search(query, 3, NONE).exact()).isFalse();
  }

  @Test
  void searchesThatAnIndexIsNoHelpForAreExact() {
    Gallery gallery = gallery(SmallIndexes.atOnce());
    Draws draws = Seed.of(8).draws();
    gallery.enrol(enrolments(99, draws));
    assertThat(gallery.search(row(draws), 3, NONE).exact()).isTrue();

    gallery.enrol(enrolments(2000, draws));
    assertThat(gallery.search(row(draws), 3, NONE).exact()).isFalse();
    Ranking filtered = gallery.search(row(draws), 3, new Filter(Map.of("half", "1")));
    assertThat(filtered.exact()).isTrue();

    long before = gallery.stats().memoryBytes();
    gallery.forget(IntStream.range(90, 5000).mapToObj(i -> (long) i).toList());
    assertThat(gallery.stats().search()).isEqualTo("exact");
    assertThat(gallery.stats().memoryBytes()).isLessThan(before / 4);
  }

  @Test
  void labelsWithoutOrderAreSearchedExactly() {
    int dim = 200;
    ModelStamp model = new ModelStamp("toy", "f0", dim, new Head.Cosine());
    Gallery gallery = new MemoryGallery("memory", model, SmallIndexes.atOnce());
    Draws draws = Seed.of(9).draws();
    List<Enrolment> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      float[] noise = new float[dim];
      IntStream.range(0, dim).forEach(d -> noise[d] = (float) draws.gaussian());
      all.add(ToyRows.enrolment("label" + i, noise));
    }
    gallery.enrol(all);
    assertThat(gallery.search(all.get(3).embedding(), 1, NONE).exact()).isTrue();
  }

  @Test
  void onlyTheCosineHeadAllowsIt() {
    for (ModelStamp model : ToyRows.stamps().subList(1, 4)) {
      assertThatThrownBy(() -> new MemoryGallery("memory", model, SearchMode.approximate()))
          .isInstanceOf(OptionException.class)
          .hasMessageContaining(model.name())
          .hasMessageContaining("cosine");
      assertThat(new MemoryGallery("memory", model, SearchMode.of("exact")).stats().search())
          .isEqualTo("exact");
    }
    assertThatThrownBy(() -> SearchMode.of("aproximate"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("Did you mean approximate?");
    assertThat(SearchMode.of("approximate")).hasToString("approximate");
  }
}
