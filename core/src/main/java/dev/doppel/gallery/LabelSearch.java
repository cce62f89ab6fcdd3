package dev.doppel.gallery;

import dev.doppel.gallery.Ranking.Ranked;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search of one view. A scan in floats finds all labels that may be among the closest; those are
 * then scored in full by the head, item by item, so that what is answered does not depend on how it
 * was found.
 *
 * <p>The mean of cosines is the product of the unit query with the mean of the unit rows, so a
 * label of several items is one row to scan, its prototype. No such row stands for a mean of
 * distances: there each item is scanned, and so it is under a filter.
 */
final class LabelSearch {

  private static final Comparator<Ranked> CLOSEST_FIRST =
      Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::label);

  private final View view;
  private final Head head;
  private final float[] query;
  private final Embeddings asked;
  private final Filter filter;

  LabelSearch(View view, float[] query, Filter filter) {
    this.view = view;
    this.head = view.model.head();
    this.query = query;
    this.asked = new Embeddings(query.length, query);
    this.filter = filter;
  }

  Ranking ranking(int top) {
    int most = Math.max(1, Math.min(top, view.names.count()));
    Closest closest = new Closest(most, slack());
    long labels = view.names.count();
    if (!filter.isNone()) {
      labels = scanItems(closest, false);
    } else if (head instanceof Head.Cosine) {
      scanRows(view.rows, view.scales, view.soleOf, closest);
      scanRows(view.prototypes, null, view.prototypeOf, closest);
    } else {
      scanItems(closest, true);
    }
    List<Ranked> ranked = new ArrayList<>();
    for (int label : closest.labels()) {
      ranked.add(ranked(view.shelves.get(label)));
    }
    ranked.sort(CLOSEST_FIRST);
    return new Ranking(ranked.subList(0, Math.min(top, ranked.size())), labels, true);
  }

  /** Twice what a sum of so many floats may be off; sums in doubles are off by next to nothing. */
  private double slack() {
    boolean floats = head instanceof Head.Cosine && filter.isNone();
    return floats ? 2 * (query.length * 0x1p-23 + 4e-6) : 1e-9;
  }

  private void scanRows(
      RowPages rows, @Nullable RowPages scales, IntPages owners, Closest closest) {
    float[] unit = UnitRow.of(query);
    float[] products = new float[rows.pageRows()];
    int row = 0;
    for (int page = 0; page < rows.pages(); page++) {
      int count = rows.rowsIn(page);
      RowScan.dots(unit, rows.page(page).values(), count, products);
      for (int i = 0; i < count; i++, row++) {
        int label = owners.get(row);
        if (label >= 0) {
          float scale = scales == null ? 1 : scales.value(row);
          closest.offer(label, products[i] * scale);
        }
      }
    }
  }

  /**
   * Scores items and sums them up by label.
   *
   * @param all whether each item counts, without a look at the filter
   * @return how many labels have an item that counts
   */
  private long scanItems(Closest closest, boolean all) {
    double[] sums = new double[view.shelves.count()];
    int[] counts = new int[sums.length];
    for (int slot = 0; slot < view.facts.count(); slot++) {
      int label = view.labelOf.get(slot);
      if (label >= 0 && (all || passes(slot))) {
        sums[label] += score(slot);
        counts[label]++;
      }
    }
    long labels = 0;
    for (int label = 0; label < sums.length; label++) {
      if (counts[label] > 0) {
        labels++;
        closest.offer(label, sums[label] / counts[label]);
      }
    }
    return labels;
  }

  private boolean passes(int slot) {
    return filter.passes(view.facts.get(slot).metadata());
  }

  private double score(int slot) {
    return head.score(asked, 0, view.rows.pageOf(slot), view.rows.within(slot));
  }

  /** A label in full; at least one of its items must pass. */
  Ranked ranked(Shelf shelf) {
    double sum = 0;
    int items = 0;
    double best = Double.NEGATIVE_INFINITY;
    int nearest = -1;
    for (int i = 0; i < shelf.count(); i++) {
      int slot = shelf.slots()[i];
      if (filter.isNone() || passes(slot)) {
        double score = score(slot);
        sum += score;
        items++;
        if (nearest < 0 || score > best) {
          best = score;
          nearest = slot;
        }
      }
    }
    return new Ranked(shelf.name(), sum / items, items, view.facts.get(nearest).id(), best);
  }
}
