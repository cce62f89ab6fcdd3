package dev.doppel.gallery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A gallery that ends with the process: what it holds outlives nothing. Thread-safe. */
public final class MemoryGallery implements Gallery {

  private final String name;
  private final ModelStamp model;
  private final Clock clock = Clock.systemUTC();
  private final Catalogue catalogue;
  private final Map<Long, byte[]> originals = new ConcurrentHashMap<>();
  private long lastId;

  /** An empty one that is searched exactly. */
  public MemoryGallery(String name, ModelStamp model) {
    this(name, model, SearchMode.exact());
  }

  /**
   * An empty one.
   *
   * @throws dev.doppel.error.OptionException if the model's head allows no such search
   */
  public MemoryGallery(String name, ModelStamp model, SearchMode mode) {
    this.name = name;
    this.model = model;
    this.catalogue = new Catalogue(model, mode);
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
    List<Entry> entries = new ArrayList<>();
    Instant now = clock.instant();
    for (Enrolment each : enrolments) {
      Entry entry = Entry.of(++lastId, each, now);
      entries.add(entry);
      byte[] original = each.original();
      if (original != null) {
        originals.put(entry.id(), original.clone());
      }
    }
    catalogue.add(entries);
    return entries.stream().map(Entry::id).toList();
  }

  @Override
  public synchronized int forget(List<Long> ids) {
    long before = stats().items();
    catalogue.remove(ids);
    ids.forEach(originals::remove);
    return (int) (before - stats().items());
  }

  @Override
  public synchronized int forget(String label) {
    return forget(catalogue.view().ids(label));
  }

  @Override
  public synchronized int rename(String label, String to) {
    View view = catalogue.view();
    view.checkRename(label, to);
    catalogue.move(label, to);
    return view.ids(label).size();
  }

  @Override
  public synchronized int merge(String label, String into) {
    View view = catalogue.view();
    view.requireKnown(label);
    view.requireKnown(into);
    catalogue.move(label, into);
    return view.ids(label).size();
  }

  @Override
  public Optional<Item> item(long id) {
    return catalogue.view().item(id);
  }

  @Override
  public Optional<byte[]> original(long id) {
    return Optional.ofNullable(originals.get(id)).map(byte[]::clone);
  }

  @Override
  public List<float[]> embeddings(List<Long> ids) {
    return catalogue.view().embeddings(ids);
  }

  @Override
  public List<Item> items(Optional<String> label, Filter filter, long after, int limit) {
    return catalogue.view().items(label, filter, after, limit);
  }

  @Override
  public List<LabelCount> labels(Filter filter, String after, int limit) {
    return catalogue.view().labels(filter, after, limit);
  }

  @Override
  public Ranking search(float[] query, int top, Filter filter) {
    return catalogue.view().search(query, top, filter);
  }

  @Override
  public double score(float[] query, String label) {
    return catalogue.view().score(query, label);
  }

  @Override
  public GalleryStats stats() {
    return catalogue.view().stats(0);
  }

  @Override
  public synchronized void compact() {
    catalogue.rebuild();
  }

  @Override
  public void close() {
    // Nothing is held but memory.
  }
}
