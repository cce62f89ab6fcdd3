package dev.doppel.gallery;

import static dev.doppel.gallery.ToyRows.enrolment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.doppel.Property;
import dev.doppel.error.DoppelException;
import dev.doppel.error.OptionException;
import dev.doppel.model.Head;
import dev.doppel.random.Seed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every gallery promises; a test of one says how to make it. */
public abstract class GalleryContract {

  private static final Filter NONE = Filter.none();
  private static final Optional<String> ANY = Optional.empty();

  private final List<Gallery> opened = new ArrayList<>();

  /** An empty gallery. */
  protected abstract Gallery create(ModelStamp model);

  /** The same gallery after whatever it should outlive. */
  protected abstract Gallery reopened(Gallery gallery);

  protected static Stream<ModelStamp> models() {
    return ToyRows.stamps().stream();
  }

  protected final Gallery empty(ModelStamp model) {
    Gallery made = create(model);
    opened.add(made);
    return made;
  }

  protected final Gallery empty() {
    return empty(ToyRows.stamp(new Head.Cosine()));
  }

  private Gallery again(Gallery gallery) {
    Gallery other = reopened(gallery);
    opened.add(other);
    return other;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Gallery::close);
  }

  @Test
  void anEmptyGalleryAnswersWithNothing() {
    Gallery gallery = empty();

    assertThat(gallery.items(ANY, NONE, 0, 9)).isEmpty();
    assertThat(gallery.labels(NONE, "", 9)).isEmpty();
    assertThat(gallery.item(1)).isEmpty();
    assertThat(gallery.original(1)).isEmpty();
    assertThat(gallery.enrol(List.of())).isEmpty();
    assertThat(gallery.forget(List.of(1L))).isZero();
    assertThat(gallery.forget("nobody")).isZero();
    assertThat(gallery.search(new float[ToyRows.DIM], 3, NONE))
        .isEqualTo(new Ranking(List.of(), 0, true));
    GalleryStats stats = gallery.stats();
    assertThat(List.of(stats.labels(), stats.items(), stats.originals())).containsOnly(0L);
  }

  @Test
  void whatIsEnrolledIsThereAsItWasGiven() {
    Gallery gallery = empty();
    Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
    byte[] picture = {1, 2, 3};
    float[] row = ToyRows.row(Seed.of(5));
    Map<String, String> metadata = Map.of("room", "7", "öfter", "x\"y\\z");
    List<Long> ids =
        gallery.enrol(List.of(new Enrolment("cup", row, metadata, picture), enrolment("cup", 6)));

    Gallery later = again(gallery);
    Item item = later.item(ids.get(0)).orElseThrow();
    assertThat(item.label()).isEqualTo("cup");
    assertThat(item.metadata()).isEqualTo(metadata);
    assertThat(item.hasOriginal()).isTrue();
    assertThat(item.enrolled()).isBetween(before, Instant.now());
    assertThat(later.original(item.id())).hasValueSatisfying(b -> assertThat(b).isEqualTo(picture));
    assertThat(later.original(ids.get(1))).isEmpty();
    assertThat(later.item(ids.get(1)).orElseThrow().hasOriginal()).isFalse();
    assertThat(later.embeddings(List.of(ids.get(1), ids.get(0))))
        .containsExactly(ToyRows.row(Seed.of(6)), row);
    assertThat(later.stats().originals()).isEqualTo(1);
    assertThat(later.model()).isEqualTo(gallery.model());
    assertThat(later.name()).isEqualTo(gallery.name());
  }

  @Test
  void nobodyCanChangeWhatIsEnrolledFromOutside() {
    Gallery gallery = empty();
    float[] row = {1, 2, 3, 4, 5, 6, 7};
    byte[] picture = {1};
    long id = gallery.enrol(List.of(new Enrolment("cup", row, Map.of(), picture))).get(0);
    row[0] = 9;
    picture[0] = 9;
    gallery.embeddings(List.of(id)).get(0)[0] = 9;
    gallery.original(id).orElseThrow()[0] = 9;

    assertThat(gallery.embeddings(List.of(id)).get(0)[0]).isEqualTo(1);
    assertThat(gallery.original(id).orElseThrow()[0]).isEqualTo((byte) 1);
  }

  @Test
  void idsRiseAndAreNeverGivenTwice() {
    Gallery gallery = empty();
    List<Long> first =
        gallery.enrol(List.of(enrolment("a", 1), enrolment("b", 2), enrolment("c", 3)));
    assertThat(first).isSorted().doesNotHaveDuplicates();
    assertThat(gallery.forget(List.of(first.get(2), 99_999L, first.get(2)))).isEqualTo(1);

    Gallery later = again(gallery);
    assertThat(later.forget("b")).isEqualTo(1);
    long next = later.enrol(List.of(enrolment("d", 4))).get(0);
    assertThat(next).isGreaterThan(first.get(2));
    later.forget("d");
    assertThat(again(later).enrol(List.of(enrolment("d", 4))).get(0)).isGreaterThan(next);
  }

  @Test
  void enrollingIsAllOrNothing() {
    Gallery gallery = empty();
    float[] wrong = new float[ToyRows.DIM + 1];
    float[] broken = new float[ToyRows.DIM];
    broken[3] = Float.NaN;

    assertThatThrownBy(() -> gallery.enrol(List.of(enrolment("a", 1), enrolment("b", wrong))))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("8 numbers")
        .hasMessageContaining("7");
    assertThatThrownBy(() -> gallery.enrol(List.of(enrolment("a", 1), enrolment("b", broken))))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("NaN");
    assertThat(gallery.stats().items()).isZero();
    assertThatThrownBy(() -> gallery.search(wrong, 1, NONE)).isInstanceOf(OptionException.class);
  }

  @Test
  void labelsAndMetadataMayBeAnyText() {
    Gallery gallery = empty();
    String longest = "ß".repeat(Enrolment.MAX_LABEL);
    Map<String, String> most =
        IntStream.range(0, Enrolment.MAX_METADATA)
            .boxed()
            .collect(Collectors.toMap(i -> "k" + i, i -> "v".repeat(1024)));
    List<String> labels = List.of(longest, "日本", "👻 ghost", "a'b\"c;--", "../../etc/passwd", "ａ");
    for (String label : labels) {
      gallery.enrol(List.of(new Enrolment(label, ToyRows.row(Seed.of(1)), most, null)));
    }

    Gallery later = again(gallery);
    assertThat(later.labels(NONE, "", 99))
        .extracting(LabelCount::label)
        .containsExactlyElementsOf(labels.stream().sorted().toList());
    assertThat(later.items(Optional.of(longest), NONE, 0, 9).get(0).metadata()).isEqualTo(most);
    assertThat(later.rename("👻 ghost", "👻👻")).isEqualTo(1);
    assertThat(later.forget("a'b\"c;--")).isEqualTo(1);
  }

  @Test
  void aLabelIsRenamedWithAllItsItems() {
    Gallery gallery = empty();
    List<Long> ids =
        gallery.enrol(List.of(enrolment("a", 1), enrolment("b", 2), enrolment("a", 3)));

    assertThat(gallery.rename("a", "z")).isEqualTo(2);
    Gallery later = again(gallery);
    assertThat(later.labels(NONE, "", 9))
        .containsExactly(new LabelCount("b", 1), new LabelCount("z", 2));
    assertThat(later.item(ids.get(2)).orElseThrow().label()).isEqualTo("z");
    assertThatThrownBy(() -> later.rename("z", "b"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("merge");
    assertThatThrownBy(() -> later.rename("z", "z")).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> later.rename("z", " ")).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> later.rename("a", "c")).isInstanceOf(OptionException.class);
  }

  @Test
  void labelsAreMerged() {
    Gallery gallery = empty();
    List<Long> ids =
        gallery.enrol(List.of(enrolment("a", 1), enrolment("b", 2), enrolment("a", 3)));

    assertThat(gallery.merge("a", "b")).isEqualTo(2);
    Gallery later = again(gallery);
    assertThat(later.labels(NONE, "", 9)).containsExactly(new LabelCount("b", 3));
    assertThat(later.items(Optional.of("b"), NONE, 0, 9)).extracting(Item::id).isEqualTo(ids);
    assertThat(later.merge("b", "b")).isEqualTo(3);
    assertThatThrownBy(() -> later.merge("b", "a")).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> later.merge("a", "b")).isInstanceOf(OptionException.class);
  }

  @Test
  void anUnknownLabelNamesItsLikesAndNoOthers() {
    Gallery gallery = empty();
    gallery.enrol(
        IntStream.range(0, 3000).mapToObj(i -> enrolment("label%04d".formatted(i), i)).toList());
    gallery.enrol(List.of(enrolment("teapot", 1)));

    assertThatThrownBy(() -> gallery.score(ToyRows.row(Seed.of(1)), "taepot"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("taepot")
        .hasMessageContaining("\"teapot\"")
        .hasMessageContaining("3001")
        .hasMessageNotContaining("label0");
    assertThatThrownBy(() -> gallery.merge("quite another word", "teapot"))
        .isInstanceOf(OptionException.class)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).length()).isLessThan(300));
  }

  @Test
  void listsComeInPages() {
    Gallery gallery = empty();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addAll(gallery.enrol(List.of(enrolment("even", i), enrolment("odd" + i, i))));
    }

    assertThat(gallery.items(ANY, NONE, 0, 3)).extracting(Item::id).isEqualTo(ids.subList(0, 3));
    assertThat(gallery.items(ANY, NONE, ids.get(2), 3))
        .extracting(Item::id)
        .isEqualTo(ids.subList(3, 6));
    assertThat(gallery.items(Optional.of("even"), NONE, ids.get(0), 2))
        .extracting(Item::id)
        .containsExactly(ids.get(2), ids.get(4));
    assertThat(gallery.items(ANY, NONE, ids.get(9), 3)).isEmpty();
    assertThat(gallery.items(Optional.of("no such"), NONE, 0, 3)).isEmpty();
    assertThat(gallery.labels(NONE, "even", 2))
        .containsExactly(new LabelCount("odd0", 1), new LabelCount("odd1", 1));
    assertThat(gallery.labels(NONE, "f", 1)).containsExactly(new LabelCount("odd0", 1));
    assertThat(gallery.labels(NONE, "odd4", 2)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void onlyWhatPassesTheFilterCounts(ModelStamp model) {
    Gallery gallery = empty(model);
    PlainGallery plain = new PlainGallery(model);
    List<Enrolment> all =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    new Enrolment(
                        "label" + i % 10,
                        ToyRows.row(Seed.of(i)),
                        Map.of("third", "" + i % 3, "n", "" + i),
                        null))
            .toList();
    plain.enrol(gallery.enrol(all), all);
    Filter third = new Filter(Map.of("third", "1"));
    Filter one = new Filter(Map.of("third", "1", "n", "31"));
    Filter nothing = new Filter(Map.of("third", "1", "n", "30"));

    for (Filter filter : List.of(third, one, nothing, NONE)) {
      sameAs(plain, gallery, filter, Seed.of(99));
    }
    assertThat(gallery.search(ToyRows.row(Seed.of(1)), 5, nothing).ranked()).isEmpty();
    assertThat(gallery.search(ToyRows.row(Seed.of(1)), 5, one).labels()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("models")
  void aLabelScoresTheMeanOverItsItems(ModelStamp model) {
    Gallery gallery = empty(model);
    PlainGallery plain = new PlainGallery(model);
    List<Enrolment> all =
        IntStream.range(0, 300)
            .mapToObj(i -> enrolment("label" + (i * i) % 37, ToyRows.row(Seed.of(i))))
            .toList();
    for (Enrolment each : all) { // one by one, since means are moved then
      plain.enrol(gallery.enrol(List.of(each)), List.of(each));
    }

    sameAs(plain, gallery, NONE, Seed.of(500));
    sameAs(plain, again(gallery), NONE, Seed.of(500));
  }

  @ParameterizedTest
  @MethodSource("models")
  void rowsWithoutLengthAndEqualRowsAreRankedByLabel(ModelStamp model) {
    Gallery gallery = empty(model);
    PlainGallery plain = new PlainGallery(model);
    List<Enrolment> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(enrolment("label" + (i * 7) % 40, new float[ToyRows.DIM]));
      all.add(enrolment("twin" + (i * 7) % 40, 3));
    }
    plain.enrol(gallery.enrol(all), all);

    sameAs(plain, gallery, NONE, Seed.of(1));
    float[] none = new float[ToyRows.DIM];
    assertThat(gallery.search(none, 3, NONE)).isEqualTo(plain.search(none, 3, NONE));
    float[] tiny = {1e-30f, 0, 0, 0, 0, 0, 0};
    assertThat(gallery.search(tiny, 3, NONE)).isEqualTo(plain.search(tiny, 3, NONE));
  }

  /** Rows of length 1, as most models give them, and far longer and shorter ones, and a mixture. */
  @ParameterizedTest
  @MethodSource("models")
  void rowsOfAnyLengthAreRankedAlike(ModelStamp model) {
    for (double[] lengths : new double[][] {{1}, {1, 1.00001}, {1e-20}, {1e20}, {1, 1e-20, 1e18}}) {
      Gallery gallery = empty(model);
      PlainGallery plain = new PlainGallery(model);
      List<Enrolment> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        float[] row = ToyRows.unit(Seed.of(i), lengths[i % lengths.length]);
        all.add(enrolment("label" + (i < 120 ? i : i % 40), row));
      }
      plain.enrol(gallery.enrol(all), all);
      for (double length : lengths) {
        float[] query = ToyRows.unit(Seed.of(1000), length);
        Ranking expected = plain.search(query, 9, NONE);
        Ranking found = gallery.search(query, 9, NONE);
        assertThat(found.ranked())
            .extracting(Ranking.Ranked::label)
            .isEqualTo(expected.ranked().stream().map(Ranking.Ranked::label).toList());
        assertThat(found.ranked().get(0).score())
            .isCloseTo(expected.ranked().get(0).score(), withinPercentage(1e-6));
      }
    }
  }

  /** Asks both the same, for a short and a long answer. */
  private static void sameAs(PlainGallery plain, Gallery gallery, Filter filter, Seed seed) {
    for (int q = 0; q < 5; q++) {
      float[] query = ToyRows.row(seed.at(q));
      for (int top : new int[] {1, 3, 1000}) {
        Ranking expected = plain.search(query, top, filter);
        Ranking found = gallery.search(query, top, filter);
        assertThat(found.labels()).isEqualTo(expected.labels());
        assertThat(found.ranked())
            .extracting(Ranking.Ranked::label)
            .isEqualTo(expected.ranked().stream().map(Ranking.Ranked::label).toList());
        for (int i = 0; i < found.ranked().size(); i++) {
          Ranking.Ranked is = found.ranked().get(i);
          Ranking.Ranked should = expected.ranked().get(i);
          assertThat(is.score()).isCloseTo(should.score(), within(1e-6));
          assertThat(is.nearestScore()).isCloseTo(should.nearestScore(), within(1e-6));
          assertThat(is.nearest()).isEqualTo(should.nearest());
          assertThat(is.items()).isEqualTo(should.items());
          if (filter.isNone()) {
            assertThat(gallery.score(query, is.label())).isCloseTo(should.score(), within(1e-6));
          }
        }
      }
      assertThat(gallery.labels(filter, "", 1000)).isEqualTo(plain.labels(filter, "", 1000));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void anySequenceOfChangesDoesWhatItsWordsSay(ModelStamp model) {
    Property.holds(runs(), seed -> new RandomChanges(model, seed).on(empty(model), this::again));
  }

  /** How many sequences of changes are tried with each model. */
  protected int runs() {
    return 20;
  }

  @Test
  void compactingChangesNothingThatCanBeSeen() {
    Gallery gallery = empty();
    PlainGallery plain = new PlainGallery(gallery.model());
    List<Enrolment> all =
        IntStream.range(0, 3000).mapToObj(i -> enrolment("label" + i % 900, i)).toList();
    List<Long> ids = gallery.enrol(all);
    plain.enrol(ids, all);
    List<Long> most = ids.stream().filter(id -> id % 7 != 0).toList();
    assertThat(gallery.forget(most)).isEqualTo(most.size());
    plain.forget(most);
    sameAs(plain, gallery, NONE, Seed.of(7));

    gallery.compact();
    sameAs(plain, gallery, NONE, Seed.of(7));
    assertThat(gallery.enrol(List.of(enrolment("new", 1))).get(0)).isGreaterThan(ids.get(2999));
  }

  @Test
  void aHundredThousandLabelsAreNoTrouble() {
    Gallery gallery = empty();
    List<Enrolment> all =
        IntStream.range(0, 100_000).mapToObj(i -> enrolment("label%06d".formatted(i), i)).toList();
    List<Long> ids = gallery.enrol(all);
    assertThat(gallery.search(all.get(77_777).embedding(), 2, NONE).ranked().get(0).nearest())
        .isEqualTo(ids.get(77_777));
    for (int i = 0; i < 100; i++) {
      gallery.rename("label%06d".formatted(i * 900), "renamed" + i);
      gallery.labels(NONE, "label05", 10);
    }
    assertThat(gallery.labels(NONE, "renamed98", 2))
        .containsExactly(new LabelCount("renamed99", 1));
    assertThat(gallery.forget(ids.subList(0, 99_990))).isEqualTo(99_990);
    assertThat(gallery.stats().labels()).isEqualTo(10);
  }

  @Test
  void readersSeeEachChangeWhollyWhileOthersChange() throws Exception {
    Gallery gallery = empty();
    AtomicBoolean done = new AtomicBoolean();
    float[] row = ToyRows.row(Seed.of(1));
    gallery.enrol(List.of(enrolment("stays", 2)));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        readers.add(
            threads.submit(
                () -> {
                  while (!done.get()) {
                    Ranking found = gallery.search(row, 10, NONE);
                    assertThat(found.labels()).isIn(1L, 6L);
                    assertThat(found.ranked()).hasSize((int) found.labels());
                    if (found.labels() == 6) {
                      assertThat(found.ranked().subList(0, 5))
                          .allSatisfy(each -> assertThat(each.items()).isEqualTo(3))
                          .allSatisfy(each -> assertThat(each.score()).isCloseTo(1, within(1e-6)));
                    }
                  }
                }));
      }
      for (int i = 0; i < 60; i++) {
        List<Enrolment> together = new ArrayList<>();
        for (int k = 0; k < 15; k++) {
          together.add(enrolment("comes" + k % 5, row));
        }
        List<Long> ids = gallery.enrol(together);
        assertThat(gallery.forget(ids)).isEqualTo(15);
      }
      done.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  void manyMayEnrolAtOnce() {
    Gallery gallery = empty();
    List<Long> ids =
        IntStream.range(0, 200)
            .parallel()
            .boxed()
            .flatMap(
                i ->
                    gallery
                        .enrol(List.of(enrolment("l" + i % 9, i), enrolment("m" + i, i)))
                        .stream())
            .toList();

    assertThat(ids).doesNotHaveDuplicates().hasSize(400);
    assertThat(again(gallery).stats().items()).isEqualTo(400);
  }

  @Test
  void closingTwiceDoesNothing() {
    Gallery gallery = empty();
    gallery.close();
    gallery.close();
  }

  @Test
  void anotherModelIsRefusedByBothNames() {
    Gallery gallery = empty();
    ModelStamp other = ToyRows.stamp(new Head.Euclidean());

    assertThatThrownBy(() -> gallery.model().require(gallery.name(), other))
        .isInstanceOf(DoppelException.class)
        .hasMessageContaining("toy-cosine")
        .hasMessageContaining("toy-euclidean");
  }
}
