package dev.doppel.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A sequence of changes drawn from a seed, done to a gallery and to a plain one, and compared. */
final class RandomChanges {

  private static final int CHANGES = 60;
  private static final int LABELS = 12;

  private final PlainGallery plain;
  private final Seed seed;
  private final Draws draws;

  RandomChanges(ModelStamp model, Seed seed) {
    this.plain = new PlainGallery(model);
    this.seed = seed;
    this.draws = seed.at("changes").draws();
  }

  void on(Gallery first, UnaryOperator<Gallery> again) {
    Gallery gallery = first;
    for (int i = 0; i < CHANGES; i++) {
      change(gallery, seed.at(i));
      if (i % 20 == 19) {
        compare(gallery, seed.at(i));
        gallery = again.apply(gallery);
        compare(gallery, seed.at(i));
      }
    }
  }

  private String label() {
    return "label" + draws.below(LABELS);
  }

  private void change(Gallery gallery, Seed at) {
    switch (draws.below(8)) {
      case 0, 1, 2 -> enrol(gallery, 1, at);
      case 3 -> enrol(gallery, draws.below(40), at);
      case 4 -> {
        List<Long> ids = new ArrayList<>(List.of(999_999L));
        plain.ids().stream().filter(id -> draws.chance(0.2)).forEach(ids::add);
        assertThat(gallery.forget(ids)).isEqualTo(plain.forget(ids));
      }
      case 5 -> {
        String label = label();
        assertThat(gallery.forget(label)).isEqualTo(plain.forget(label));
      }
      case 6 -> {
        String label = label();
        String to = label();
        same(() -> gallery.rename(label, to), () -> plain.rename(label, to));
      }
      default -> {
        String label = label();
        String into = label();
        same(() -> gallery.merge(label, into), () -> plain.merge(label, into));
      }
    }
  }

  private interface Count {
    int get();
  }

  private static void same(Count actual, Count expected) {
    int count;
    try {
      count = expected.get();
    } catch (OptionException e) {
      assertThatThrownBy(actual::get).isInstanceOf(OptionException.class);
      return;
    }
    assertThat(actual.get()).isEqualTo(count);
  }

  private void enrol(Gallery gallery, int count, Seed at) {
    List<Enrolment> enrolments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] original = draws.chance(0.3) ? new byte[draws.below(20)] : null;
      Map<String, String> metadata =
          draws.chance(0.5) ? Map.of("half", "" + draws.below(2)) : Map.of();
      enrolments.add(new Enrolment(label(), ToyRows.row(at.at(i)), metadata, original));
    }
    plain.enrol(gallery.enrol(enrolments), enrolments);
  }

  private void compare(Gallery gallery, Seed at) {
    Optional<String> any = Optional.empty();
    List<Item> items = gallery.items(any, Filter.none(), 0, 10_000);
    assertThat(items)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("enrolled")
        .isEqualTo(plain.items(any, Filter.none(), 0, 10_000));
    for (Item each : items) {
      assertThat(gallery.embeddings(List.of(each.id())).get(0))
          .isEqualTo(plain.embedding(each.id()));
      assertThat(gallery.original(each.id()).isPresent()).isEqualTo(each.hasOriginal());
      assertThat(gallery.original(each.id()).map(b -> b.length))
          .isEqualTo(plain.original(each.id()).map(b -> b.length));
    }
    for (Filter filter : List.of(Filter.none(), new Filter(Map.of("half", "1")))) {
      assertThat(gallery.labels(filter, "label1", 3)).isEqualTo(plain.labels(filter, "label1", 3));
      Ranking found = gallery.search(ToyRows.row(at), 5, filter);
      Ranking expected = plain.search(ToyRows.row(at), 5, filter);
      assertThat(found.labels()).isEqualTo(expected.labels());
      assertThat(found.ranked()).hasSameSizeAs(expected.ranked());
      for (int i = 0; i < found.ranked().size(); i++) {
        Ranking.Ranked is = found.ranked().get(i);
        assertThat(is.label()).isEqualTo(expected.ranked().get(i).label());
        assertThat(is.nearest()).isEqualTo(expected.ranked().get(i).nearest());
        assertThat(is.score()).isCloseTo(expected.ranked().get(i).score(), within(1e-6));
      }
    }
    GalleryStats stats = gallery.stats();
    assertThat(stats.items()).isEqualTo(plain.ids().size());
    assertThat(stats.originals()).isEqualTo(items.stream().filter(Item::hasOriginal).count());
    assertThat(stats.labels()).isEqualTo(plain.labels(Filter.none(), "", 10_000).size());
  }
}
