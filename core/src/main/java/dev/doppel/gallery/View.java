package dev.doppel.gallery;

import dev.doppel.error.NearestName;
import dev.doppel.error.OptionException;
import dev.doppel.search.RowStack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Catalogue} held at one moment, to be read as {@link Gallery} says. Immutable and
 * thread-safe.
 */
public final class View {

  /** Labels that are compared with one that is not known. */
  private static final int NEIGHBOURS = 512;

  final ModelStamp model;
  final Edition edition;
  private final @Nullable LabelIndex index;
  final RefPages<Catalogue.Fact> facts;
  final IntPages labelOf;
  final IntPages soleOf;
  final RowStack rows;
  final RowStack prototypes;
  private final IntPages lengthOf;
  final Lengths lengths;
  final IntPages prototypeOf;
  final RefPages<Shelf> shelves;
  final SortedNames names;
  private final int items;
  private final int originals;
  private final long textBytes;

  View(
      ModelStamp model,
      Edition edition,
      @Nullable LabelIndex index,
      RefPages<Catalogue.Fact> facts,
      IntPages labelOf,
      IntPages soleOf,
      RowStack rows,
      RowStack prototypes,
      IntPages lengthOf,
      Lengths lengths,
      IntPages prototypeOf,
      RefPages<Shelf> shelves,
      SortedNames names,
      int items,
      int originals,
      long textBytes) {
    this.model = model;
    this.edition = edition;
    this.index = index;
    this.facts = facts;
    this.labelOf = labelOf;
    this.soleOf = soleOf;
    this.rows = rows;
    this.prototypes = prototypes;
    this.lengthOf = lengthOf;
    this.lengths = lengths;
    this.prototypeOf = prototypeOf;
    this.shelves = shelves;
    this.names = names;
    this.items = items;
    this.originals = originals;
    this.textBytes = textBytes;
  }

  /** Where an item lies, or −1. */
  int slot(long id) {
    int at = firstFrom(id);
    return at < facts.count() && facts.get(at).id() == id && labelOf.get(at) >= 0 ? at : -1;
  }

  /** The first place whose id is at least this. */
  private int firstFrom(long id) {
    int low = 0;
    int high = facts.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (facts.get(middle).id() < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Item itemAt(int slot) {
    Catalogue.Fact fact = facts.get(slot);
    return new Item(
        fact.id(),
        shelves.get(labelOf.get(slot)).name(),
        fact.metadata(),
        Instant.ofEpochMilli(fact.enrolled()),
        fact.hasOriginal());
  }

  private Entry entryAt(int slot) {
    Item item = itemAt(slot);
    return new Entry(
        item.id(),
        item.label(),
        rows.row(slot),
        facts.get(slot).metadata(),
        item.enrolled(),
        item.hasOriginal());
  }

  /** All items with their rows, one at a time. */
  Iterable<Entry> entries() {
    return () -> {
      Iterator<Integer> slots =
          IntStream.range(0, facts.count()).filter(slot -> labelOf.get(slot) >= 0).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return slots.hasNext();
        }

        @Override
        public Entry next() {
          return entryAt(slots.next());
        }
      };
    };
  }

  /** How long an item's row is. */
  float lengthOf(int slot) {
    return Float.intBitsToFloat(lengthOf.get(slot));
  }

  /** Whether each label has one item. */
  boolean allAreSole() {
    return items == names.count();
  }

  /** See {@link Gallery#item}. */
  public Optional<Item> item(long id) {
    int slot = slot(id);
    return slot < 0 ? Optional.empty() : Optional.of(itemAt(slot));
  }

  /** See {@link Gallery#embeddings}. */
  public List<float[]> embeddings(List<Long> ids) {
    List<float[]> found = new ArrayList<>(ids.size());
    for (long id : ids) {
      int slot = slot(id);
      if (slot < 0) {
        throw new OptionException(
            "There is no item " + id, "Ids are those of items that are there", "List the items");
      }
      found.add(rows.row(slot));
    }
    return found;
  }

  /** The ids of a label's items, rising; none if it is not known. */
  public List<Long> ids(String label) {
    int number = names.find(label);
    if (number < 0) {
      return List.of();
    }
    Shelf shelf = shelves.get(number);
    return IntStream.range(0, shelf.count())
        .mapToObj(i -> facts.get(shelf.slots()[i]).id())
        .toList();
  }

  /** See {@link Gallery#items}. */
  public List<Item> items(Optional<String> label, Filter filter, long after, int limit) {
    IntPredicate wanted =
        slot ->
            labelOf.get(slot) >= 0
                && facts.get(slot).id() > after
                && (filter.isNone() || filter.passes(facts.get(slot).metadata()));
    IntStream slots;
    if (label.isPresent()) {
      int number = names.find(label.get());
      if (number < 0) {
        return List.of();
      }
      Shelf shelf = shelves.get(number);
      slots = IntStream.range(0, shelf.count()).map(i -> shelf.slots()[i]);
    } else {
      slots = IntStream.range(after < 0 ? 0 : firstFrom(after), facts.count());
    }
    return slots.filter(wanted).limit(limit).mapToObj(this::itemAt).toList();
  }

  /** See {@link Gallery#labels}. */
  public List<LabelCount> labels(Filter filter, String after, int limit) {
    List<LabelCount> found = new ArrayList<>();
    SortedNames.Walk walk = names.new Walk(after);
    while (walk.hasNext() && found.size() < limit) {
      Shelf shelf = shelves.get(walk.next());
      int passing = filter.isNone() ? shelf.count() : passing(shelf, filter);
      if (passing > 0) {
        found.add(new LabelCount(shelf.name(), passing));
      }
    }
    return found;
  }

  private int passing(Shelf shelf, Filter filter) {
    return (int)
        IntStream.range(0, shelf.count())
            .filter(i -> filter.passes(facts.get(shelf.slots()[i]).metadata()))
            .count();
  }

  /** What it can be searched with beside its rows, by now. */
  LabelIndex.@Nullable Covering covering() {
    return index == null ? null : index.of(this);
  }

  /** See {@link Gallery#search}. */
  public Ranking search(float[] query, int top, Filter filter) {
    model.checkEmbedding(query);
    OptionException.require(top >= 1, "top", top, "at least 1");
    return new LabelSearch(this, query, filter).ranking(top);
  }

  /** See {@link Gallery#score}. */
  public double score(float[] query, String label) {
    model.checkEmbedding(query);
    Shelf shelf = shelves.get(known(label));
    return new LabelSearch(this, query, Filter.none()).ranked(shelf).score();
  }

  /**
   * Refuses a label that is not known, naming those that resemble it.
   *
   * @throws OptionException if there is no such label
   */
  public void requireKnown(String label) {
    known(label);
  }

  private int known(String label) {
    int number = names.find(label);
    if (number < 0) {
      List<String> near = NearestName.of(label, names.around(label, NEIGHBOURS), 3);
      throw new OptionException(
          "There is no label \"%s\"".formatted(label),
          "Known are %d labels".formatted(names.count()),
          near.isEmpty()
              ? "List them, or enrol it first"
              : "Did you mean \"" + String.join("\" or \"", near) + "\"?");
    }
    return number;
  }

  /**
   * Refuses a new name for a label.
   *
   * @throws OptionException if the label is not known, or the name cannot be one or is taken
   */
  public void checkRename(String label, String to) {
    Enrolment.checkLabel(to);
    known(label);
    if (names.find(to) >= 0) {
      throw new OptionException(
          "\"%s\" cannot be renamed to \"%s\", which is there already".formatted(label, to),
          "A new name is one that no label has",
          "Choose another, or merge the two");
    }
  }

  /**
   * How large it is.
   *
   * @param fileBytes on disk
   */
  public GalleryStats stats(long fileBytes) {
    String search = covering() == null ? "exact" : "approximate";
    return new GalleryStats(names.count(), items, originals, fileBytes, memoryBytes(), search);
  }

  private long memoryBytes() {
    return (index == null ? 0 : index.bytes())
        + rows.bytes()
        + prototypes.bytes()
        + labelOf.bytes()
        + lengthOf.bytes()
        + soleOf.bytes()
        + prototypeOf.bytes()
        + facts.bytes()
        + 40L * facts.count() // each with its header
        + shelves.bytes()
        + 56L * names.count() // shelf and slots
        + names.bytes()
        + textBytes;
  }
}
