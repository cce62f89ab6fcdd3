package dev.doppel.gallery;

import dev.doppel.model.Head;
import dev.doppel.search.RowStack;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gallery holds in memory: labels, metadata and rows, searchable. It knows nothing of files.
 *
 * <p>One thread at a time changes it; any number read a {@link View} meanwhile, which never
 * changes. So a search sees each change wholly or not at all, and neither waits for the other.
 * Items rise by id, rows are only ever added; what was forgotten takes room until it is as much as
 * what is there, and then the whole is rebuilt.
 */
public final class Catalogue {

  /** What is not worth a rebuilding. */
  private static final int MANY = 1024;

  /** A mean that is moved item by item is reckoned anew so often. */
  private static final int MEAN_STEPS = 64;

  private final ModelStamp model;
  private final boolean cosine;
  private final Deque<Integer> freeNumbers = new ArrayDeque<>();
  private RefPages<Fact> facts = new RefPages<>();
  private IntPages labelOf = new IntPages();
  private IntPages soleOf = new IntPages();
  private RowStack rows;
  private RowStack prototypes;
  private IntPages lengthOf = new IntPages();
  private Lengths lengths = Lengths.NONE;
  private IntPages prototypeOf = new IntPages();
  private RefPages<Shelf> shelves = new RefPages<>();
  private SortedNames names = SortedNames.none();
  private int items;
  private int originals;
  private int deadPrototypes;
  private long textBytes;
  private Edition edition = Edition.FIRST;
  private final @Nullable LabelIndex index;
  private volatile View view;

  /**
   * What an item is beside its row and its label.
   *
   * @param enrolled milliseconds since 1970
   */
  record Fact(long id, long enrolled, Map<String, String> metadata, boolean hasOriginal) {}

  /**
   * An empty one.
   *
   * @throws dev.doppel.error.OptionException if the model's head allows no such search
   */
  public Catalogue(ModelStamp model, SearchMode mode) {
    mode.check(model);
    this.model = model;
    this.cosine = model.head() instanceof Head.Cosine;
    this.rows = noRows();
    this.prototypes = noRows();
    this.index =
        mode.indexing == null ? null : new LabelIndex(model, mode.indexing, () -> this.view);
    this.view = snapshot();
  }

  private RowStack noRows() {
    return RowStack.empty(LabelSearch.metric(model.head()), model.dim());
  }

  /** What is there now, for as long as one looks at it. */
  public View view() {
    return view;
  }

  /**
   * Adds items.
   *
   * @param entries by rising id, beyond all that are there; read once
   */
  public void add(Iterable<Entry> entries) {
    Map<String, Integer> fresh = new HashMap<>();
    BitSet grown = new BitSet();
    BitSet grownByMore = new BitSet();
    for (Entry each : entries) {
      int label = names.find(each.label());
      if (label < 0) {
        label = fresh.computeIfAbsent(each.label(), this::newShelf);
      }
      int slot = facts.count();
      facts.add(
          new Fact(each.id(), each.enrolled().toEpochMilli(), each.metadata(), each.hasOriginal()));
      labelOf.add(label);
      soleOf.add(-1);
      rows = rows.with(each.embedding());
      double length = UnitRow.length(each.embedding());
      lengthOf.add(Float.floatToRawIntBits((float) length));
      lengths = lengths.with(length);
      shelves.set(label, shelves.get(label).with(slot));
      (grown.get(label) ? grownByMore : grown).set(label);
      items++;
      originals += each.hasOriginal() ? 1 : 0;
    }
    names = names.with(fresh);
    for (int label = grown.nextSetBit(0); label >= 0; label = grown.nextSetBit(label + 1)) {
      if (shelves.get(label).prototype() >= 0 && !grownByMore.get(label)) {
        moveMean(label);
      } else {
        settle(label);
      }
    }
    tidy();
    publish();
  }

  private int newShelf(String name) {
    textBytes += 48 + 2L * name.length();
    Integer free = freeNumbers.poll();
    if (free != null) {
      shelves.set(free, Shelf.empty(name));
      return free;
    }
    shelves.add(Shelf.empty(name));
    return shelves.count() - 1;
  }

  /** Removes the items of these ids, those that are there. */
  public void remove(Collection<Long> ids) {
    Set<Integer> touched = new HashSet<>();
    for (long id : ids) {
      int slot = view.slot(id);
      if (slot >= 0 && labelOf.get(slot) >= 0) {
        touched.add(labelOf.get(slot));
        labelOf.set(slot, -1);
        soleOf.set(slot, -1);
        items--;
        originals -= facts.get(slot).hasOriginal() ? 1 : 0;
      }
    }
    for (int label : touched) {
      Shelf shelf = shelves.get(label);
      int[] left =
          Arrays.stream(shelf.slots(), 0, shelf.count())
              .filter(slot -> labelOf.get(slot) == label)
              .toArray();
      shelves.set(label, shelf.withSlots(left));
      if (left.length == 0) {
        drop(label);
      } else {
        settle(label);
      }
    }
    tidy();
    publish();
  }

  /**
   * Gives all items of a label another one, which may be there already or not.
   *
   * @param label one that is there
   */
  public void move(String label, String to) {
    int from = names.find(label);
    int into = names.find(to);
    if (from == into) {
      return;
    }
    if (into < 0) {
      textBytes += 2L * (to.length() - label.length());
      names = names.without(label).with(to, from);
      shelves.set(from, shelves.get(from).named(to));
    } else {
      Shelf moved = shelves.get(from);
      Shelf grown = shelves.get(into);
      int[] slots = Arrays.copyOf(grown.slots(), grown.count() + moved.count());
      System.arraycopy(moved.slots(), 0, slots, grown.count(), moved.count());
      Arrays.sort(slots);
      for (int i = 0; i < moved.count(); i++) {
        labelOf.set(moved.slots()[i], into);
      }
      unsole(moved);
      unsole(grown);
      shelves.set(into, grown.withSlots(slots));
      drop(from);
      settle(into);
    }
    tidy();
    publish();
  }

  private void drop(int label) {
    Shelf shelf = shelves.get(label);
    textBytes -= 48 + 2L * shelf.name().length();
    killPrototype(shelf);
    names = names.without(shelf.name());
    shelves.set(label, null);
    freeNumbers.add(label);
  }

  private void killPrototype(Shelf shelf) {
    if (shelf.prototype() >= 0) {
      prototypeOf.set(shelf.prototype(), -1);
      deadPrototypes++;
    }
  }

  /**
   * Makes a label's items, however many they have become, searchable. One that is left of several
   * keeps a prototype, so that no row comes back to life: {@link LabelIndex} relies on it.
   */
  private void settle(int label) {
    Shelf shelf = shelves.get(label);
    boolean sole = shelf.count() == 1 && shelf.prototype() < 0;
    if (sole) {
      soleOf.set(shelf.slots()[0], label);
    } else {
      unsole(shelf);
    }
    if (cosine) {
      killPrototype(shelf);
      int row = -1;
      if (!sole) {
        row = addPrototype(label, UnitRow.mean(rows, shelf.slots(), shelf.count()));
      }
      shelves.set(label, shelf.withPrototype(row));
    }
  }

  /** Its first item, if it was the only one, is no longer. */
  private void unsole(Shelf shelf) {
    if (soleOf.get(shelf.slots()[0]) >= 0) {
      soleOf.set(shelf.slots()[0], -1);
    }
  }

  /** Takes the last item into its label's mean; the whole mean now and then, against rounding. */
  private void moveMean(int label) {
    Shelf shelf = shelves.get(label);
    int slot = shelf.slots()[shelf.count() - 1];
    if (shelf.count() % MEAN_STEPS == 0) {
      settle(label);
      return;
    }
    float[] mean = prototypes.row(shelf.prototype());
    UnitRow.move(mean, rows.row(slot), shelf.count());
    killPrototype(shelf);
    shelves.set(label, shelf.withPrototype(addPrototype(label, mean)));
  }

  private int addPrototype(int label, float[] mean) {
    prototypes = prototypes.with(mean);
    prototypeOf.add(label);
    return prototypes.count() - 1;
  }

  private void tidy() {
    if (facts.count() - items > items + MANY) {
      rebuild();
    } else if (deadPrototypes > prototypes.count() - deadPrototypes + MANY) {
      rebuildPrototypes();
    }
  }

  private void rebuildPrototypes() {
    RowStack old = prototypes;
    edition = edition.renumbered();
    prototypes = noRows();
    prototypeOf = new IntPages();
    deadPrototypes = 0;
    for (int label = 0; label < shelves.count(); label++) {
      Shelf shelf = shelves.find(label);
      if (shelf != null && shelf.prototype() >= 0) {
        int row = addPrototype(label, old.row(shelf.prototype()));
        shelves.set(label, shelf.withPrototype(row));
      }
    }
  }

  /** Gives back the room of what was removed. */
  public void rebuild() {
    View all = snapshot();
    edition = edition.renumbered();
    facts = new RefPages<>();
    labelOf = new IntPages();
    soleOf = new IntPages();
    rows = noRows();
    prototypes = noRows();
    lengths = Lengths.NONE;
    lengthOf = new IntPages();
    prototypeOf = new IntPages();
    shelves = new RefPages<>();
    names = SortedNames.none();
    freeNumbers.clear();
    items = 0;
    originals = 0;
    deadPrototypes = 0;
    textBytes = 0;
    add(all.entries());
  }

  private void publish() {
    edition = edition.next();
    view = snapshot();
    if (index != null) {
      index.follow();
    }
  }

  private View snapshot() {
    return new View(
        model,
        edition,
        index,
        facts.snapshot(),
        labelOf.snapshot(),
        soleOf.snapshot(),
        rows,
        prototypes,
        lengthOf.snapshot(),
        lengths,
        prototypeOf.snapshot(),
        shelves.snapshot(),
        names,
        items,
        originals,
        textBytes);
  }
}
