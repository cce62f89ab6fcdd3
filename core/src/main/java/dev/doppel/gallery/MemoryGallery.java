package dev.doppel.gallery;

import dev.doppel.error.OptionException;
import dev.doppel.gallery.Ranking.Ranked;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Head;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A gallery that ends with the process: what it holds outlives nothing. Thread-safe. */
public final class MemoryGallery implements Gallery {

  /** Immutable by promise. */
  private record Entry(long id, Enrolment enrolment, Instant enrolled) {

    Item item() {
      return new Item(
          id, enrolment.label(), enrolment.metadata(), enrolled, enrolment.original() != null);
    }
  }

  private final String name;
  private final ModelStamp model;
  private final Clock clock;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private long lastId;

  /** An empty one. */
  public MemoryGallery(String name, ModelStamp model) {
    this.name = name;
    this.model = model;
    this.clock = Clock.systemUTC();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ModelStamp model() {
    return model;
  }

  @Override
  public synchronized List<Long> enrol(List<Enrolment> enrolments) {
    for (Enrolment each : enrolments) {
      model.checkEmbedding(each.embedding());
    }
    List<Long> ids = new ArrayList<>();
    for (Enrolment each : enrolments) {
      ids.add(++lastId);
      entries.put(lastId, new Entry(lastId, each, clock.instant()));
    }
    return ids;
  }

  @Override
  public synchronized int forget(List<Long> ids) {
    return (int) ids.stream().filter(id -> entries.remove(id) != null).count();
  }

  @Override
  public synchronized int forget(String label) {
    int before = entries.size();
    entries.values().removeIf(each -> each.enrolment().label().equals(label));
    return before - entries.size();
  }

  @Override
  public synchronized int rename(String label, String to) {
    Enrolment.checkLabel(to);
    requireKnown(label);
    if (count(to) > 0) {
      throw new OptionException(
          "\"%s\" cannot be renamed to \"%s\", which is there already".formatted(label, to),
          "A new name is one that no label has",
          "Choose another, or merge the two");
    }
    return move(label, to);
  }

  @Override
  public synchronized int merge(String label, String into) {
    requireKnown(label);
    requireKnown(into);
    return move(label, into);
  }

  private int move(String from, String to) {
    int moved = 0;
    for (Map.Entry<Long, Entry> each : entries.entrySet()) {
      Entry old = each.getValue();
      Enrolment was = old.enrolment();
      if (was.label().equals(from)) {
        Enrolment is = new Enrolment(to, was.embedding(), was.metadata(), was.original());
        each.setValue(new Entry(old.id(), is, old.enrolled()));
        moved++;
      }
    }
    return moved;
  }

  private void requireKnown(String label) {
    if (count(label) == 0) {
      throw OptionException.unknown(
          "label",
          label,
          labels(Filter.none(), "", 10_000).stream().map(LabelCount::label).toList());
    }
  }

  private long count(String label) {
    return entries.values().stream().filter(e -> e.enrolment().label().equals(label)).count();
  }

  @Override
  public synchronized Optional<Item> item(long id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::item);
  }

  @Override
  public synchronized Optional<byte[]> original(long id) {
    return Optional.ofNullable(entries.get(id)).map(each -> each.enrolment().original());
  }

  @Override
  public synchronized List<float[]> embeddings(List<Long> ids) {
    return ids.stream()
        .map(entries::get)
        .map(
            each -> {
              if (each == null) {
                throw new OptionException("No such item", "An id that is there", "List them");
              }
              return each.enrolment().embedding().clone();
            })
        .toList();
  }

  @Override
  public synchronized List<Item> items(
      Optional<String> label, Filter filter, long after, int limit) {
    return entries.tailMap(after, false).values().stream()
        .filter(each -> label.map(each.enrolment().label()::equals).orElse(true))
        .filter(each -> filter.passes(each.enrolment().metadata()))
        .limit(limit)
        .map(Entry::item)
        .toList();
  }

  @Override
  public synchronized List<LabelCount> labels(Filter filter, String after, int limit) {
    return byLabel(filter).tailMap(after).entrySet().stream()
        .filter(each -> !each.getKey().equals(after))
        .limit(limit)
        .map(each -> new LabelCount(each.getKey(), each.getValue().size()))
        .toList();
  }

  private SortedMap<String, List<Entry>> byLabel(Filter filter) {
    SortedMap<String, List<Entry>> labels = new TreeMap<>();
    passing(filter)
        .forEach(
            each ->
                labels.computeIfAbsent(each.enrolment().label(), l -> new ArrayList<>()).add(each));
    return labels;
  }

  private Stream<Entry> passing(Filter filter) {
    return entries.values().stream().filter(each -> filter.passes(each.enrolment().metadata()));
  }

  @Override
  public synchronized Ranking search(float[] query, int top, Filter filter) {
    model.checkEmbedding(query);
    SortedMap<String, List<Entry>> labels = byLabel(filter);
    List<Ranked> ranked =
        labels.entrySet().stream()
            .map(each -> ranked(query, each.getKey(), each.getValue()))
            .sorted(Comparator.comparingDouble(Ranked::score).reversed()) // stable
            .limit(top)
            .toList();
    return new Ranking(ranked, labels.size(), true);
  }

  private Ranked ranked(float[] query, String label, List<Entry> items) {
    Head head = model.head();
    Embeddings asked = new Embeddings(model.dim(), query);
    double sum = 0;
    double best = Double.NEGATIVE_INFINITY;
    long nearest = 0;
    for (Entry each : items) {
      Embeddings known = new Embeddings(model.dim(), each.enrolment().embedding());
      double score = head.score(asked, 0, known, 0);
      sum += score;
      if (score > best) {
        best = score;
        nearest = each.id();
      }
    }
    return new Ranked(label, sum / items.size(), items.size(), nearest, best);
  }

  @Override
  public synchronized double score(float[] query, String label) {
    model.checkEmbedding(query);
    requireKnown(label);
    List<Entry> items =
        entries.values().stream().filter(e -> e.enrolment().label().equals(label)).toList();
    return ranked(query, label, items).score();
  }

  @Override
  public synchronized GalleryStats stats() {
    long originals =
        entries.values().stream().filter(e -> e.enrolment().original() != null).count();
    return new GalleryStats(
        byLabel(Filter.none()).size(),
        entries.size(),
        originals,
        0,
        4L * model.dim() * entries.size(),
        "exact");
  }

  @Override
  public void compact() {
    // Nothing is left behind in memory.
  }

  @Override
  public void close() {
    // Nothing is held but memory.
  }
}
