package dev.doppel.gallery;

import dev.doppel.error.OptionException;
import dev.doppel.gallery.Ranking.Ranked;
import dev.doppel.model.Embeddings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The gallery's contract as its words read, with a list and loops: others are compared with it. */
public final class PlainGallery {

  private record Held(String label, Enrolment enrolment) {}

  private final ModelStamp model;
  private final TreeMap<Long, Held> held = new TreeMap<>();

  public PlainGallery(ModelStamp model) {
    this.model = model;
  }

  /** Adds what another gave these ids. */
  public void enrol(List<Long> ids, List<Enrolment> enrolments) {
    for (int i = 0; i < ids.size(); i++) {
      held.put(ids.get(i), new Held(enrolments.get(i).label(), enrolments.get(i)));
    }
  }

  public List<Long> ids() {
    return List.copyOf(held.keySet());
  }

  public int forget(List<Long> ids) {
    return (int) ids.stream().filter(id -> held.remove(id) != null).count();
  }

  public int forget(String label) {
    int before = held.size();
    held.values().removeIf(each -> each.label().equals(label));
    return before - held.size();
  }

  public int rename(String label, String to) {
    if (!has(label) || has(to)) {
      throw new OptionException("cannot rename", "", "");
    }
    return move(label, to);
  }

  public int merge(String label, String into) {
    if (!has(label) || !has(into)) {
      throw new OptionException("cannot merge", "", "");
    }
    return move(label, into);
  }

  private boolean has(String label) {
    return held.values().stream().anyMatch(each -> each.label().equals(label));
  }

  private int move(String from, String to) {
    int moved = 0;
    for (Map.Entry<Long, Held> each : held.entrySet()) {
      if (each.getValue().label().equals(from)) {
        each.setValue(new Held(to, each.getValue().enrolment()));
        moved++;
      }
    }
    return moved;
  }

  public List<Item> items(Optional<String> label, Filter filter, long after, int limit) {
    return held.tailMap(after, false).entrySet().stream()
        .filter(each -> label.isEmpty() || label.get().equals(each.getValue().label()))
        .filter(each -> filter.passes(each.getValue().enrolment().metadata()))
        .limit(limit)
        .map(each -> item(each.getKey(), each.getValue()))
        .toList();
  }

  /** Without the time, which only the other knows. */
  private static Item item(long id, Held each) {
    return new Item(
        id,
        each.label(),
        each.enrolment().metadata(),
        Instant.EPOCH,
        each.enrolment().original() != null);
  }

  public Optional<byte[]> original(long id) {
    return Optional.ofNullable(held.get(id)).map(each -> each.enrolment().original());
  }

  public float[] embedding(long id) {
    Held found = held.get(id);
    return found == null ? new float[0] : found.enrolment().embedding();
  }

  private NavigableMap<String, List<Long>> byLabel(Filter filter) {
    NavigableMap<String, List<Long>> labels = new TreeMap<>();
    held.forEach(
        (id, each) -> {
          if (filter.passes(each.enrolment().metadata())) {
            labels.computeIfAbsent(each.label(), l -> new ArrayList<>()).add(id);
          }
        });
    return labels;
  }

  public List<LabelCount> labels(Filter filter, String after, int limit) {
    return byLabel(filter).tailMap(after, false).entrySet().stream()
        .limit(limit)
        .map(each -> new LabelCount(each.getKey(), each.getValue().size()))
        .toList();
  }

  public Ranking search(float[] query, int top, Filter filter) {
    NavigableMap<String, List<Long>> labels = byLabel(filter);
    List<Ranked> ranked =
        labels.entrySet().stream()
            .map(each -> ranked(query, each.getKey(), each.getValue()))
            .sorted(
                Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::label))
            .limit(top)
            .toList();
    return new Ranking(ranked, labels.size(), true);
  }

  private Ranked ranked(float[] query, String label, List<Long> ids) {
    Embeddings asked = new Embeddings(query.length, query);
    double sum = 0;
    double best = Double.NEGATIVE_INFINITY;
    long nearest = 0;
    for (long id : ids) {
      double score = model.head().score(asked, 0, new Embeddings(query.length, embedding(id)), 0);
      sum += score;
      if (nearest == 0 || score > best) {
        best = score;
        nearest = id;
      }
    }
    return new Ranked(label, sum / ids.size(), ids.size(), nearest, best);
  }
}
