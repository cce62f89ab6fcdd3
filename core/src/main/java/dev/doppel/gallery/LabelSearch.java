package dev.doppel.gallery;

import dev.doppel.gallery.Ranking.Ranked;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Head;
import dev.doppel.search.Hit;
import dev.doppel.search.Metric;
import dev.doppel.search.RowStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A search of one view. A scan in floats finds all labels that may be among the closest; those are
 * then scored in full by the head, item by item, so that what is answered does not depend on how it
 * was found.
 *
 * <p>The mean of cosines is the product of the unit query with the mean of the unit rows, so a
 * label of several items is one row to scan, its prototype. No such row stands for a mean of
 * distances: there the items are scanned and summed up by label. Under a filter, or where floats
 * would not do, each item is scored by the head. Where an approximate index covers the view, only
 * rows that came since are scanned.
 */
final class LabelSearch {

  private static final Comparator<Ranked> CLOSEST_FIRST =
      Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::label);

  /** Asked for beyond those wanted, since a few may be as good but for the slack. */
  private static final int SPARE = 4;

  /** What means that were moved item by item are off by. */
  private static final double MOVED = 4e-6;

  private static final double TINY = 1e-12;

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

  /** The metric that scans the rows of a head; where none can, any will do to hold them. */
  static Metric metric(Head head) {
    if (head instanceof Head.Euclidean) {
      return new Metric.Euclidean();
    }
    return head instanceof Head.WeightedL1 l1 && isOfOneSign(l1)
        ? new Metric.WeightedL1(l1.weights(), l1.bias())
        : new Metric.InnerProduct();
  }

  /** Then terms do not cancel out, and a sum in floats is off by a share of itself. */
  private static boolean isOfOneSign(Head.WeightedL1 head) {
    boolean rising = true;
    boolean falling = true;
    for (float weight : head.weights()) {
      rising &= weight >= 0 && Float.isFinite(weight);
      falling &= weight <= 0 && Float.isFinite(weight);
    }
    return (rising || falling) && Float.isFinite(head.bias());
  }

  Ranking ranking(int top) {
    int most = Math.max(1, Math.min(top, view.names.count()));
    Closest closest = new Closest(most, slack());
    long labels = view.names.count();
    boolean exact = true;
    if (!filter.isNone() || !floatsWillDo()) {
      labels = scoreItems(closest);
    } else if (head instanceof Head.Cosine) {
      exact = cosines(most, closest);
    } else if (view.allAreSole()) {
      search(view.rows, query, view.soleOf, most, closest);
    } else {
      sums(closest);
    }
    List<Ranked> ranked = new ArrayList<>();
    for (int label : closest.labels()) {
      ranked.add(ranked(view.shelves.get(label)));
    }
    ranked.sort(CLOSEST_FIRST);
    return new Ranking(ranked.subList(0, Math.min(top, ranked.size())), labels, exact);
  }

  private boolean floatsWillDo() {
    double length = UnitRow.length(query);
    boolean moderate = view.lengths.areModerate() && (length == 0 || isModerate(length));
    return moderate && (!(head instanceof Head.WeightedL1 l1) || isOfOneSign(l1));
  }

  private static boolean isModerate(double length) {
    return Lengths.NONE.with(length).areModerate();
  }

  private Slack slack() {
    double floats = 2 * Slack.ofFloats(query.length);
    if (head instanceof Head.Cosine) {
      double lengths = isUnit() ? 2 * view.lengths.fromOne() : 0;
      return new Slack(2 * floats + 2 * MOVED + lengths, 0);
    }
    double bias = head instanceof Head.WeightedL1 l1 ? Math.abs(l1.bias()) : 0;
    return new Slack(2 * floats * bias + TINY, 2 * floats);
  }

  /** Whether products with the rows are as good as cosines, as with models that give such rows. */
  private boolean isUnit() {
    return view.lengths.fromOne() < 1e-4;
  }

  /** Whether all labels were compared. */
  private boolean cosines(int top, Closest closest) {
    float[] unit = UnitRow.of(query);
    LabelIndex.Covering covering = view.covering();
    if (covering == null) {
      cosines(view.rows, view.prototypes, unit, top, closest);
      return true;
    }
    search(covering, unit, top, closest);
    RowStack rows = view.rows.since(covering.slots());
    RowStack prototypes = view.prototypes.since(covering.prototypes());
    cosines(rows, prototypes, unit, top, closest);
    return false;
  }

  private void cosines(RowStack rows, RowStack prototypes, float[] unit, int top, Closest closest) {
    if (isUnit()) {
      search(rows, unit, view.soleOf, top, closest);
    } else {
      rows.scan(
          unit,
          (slot, score) -> {
            int label = view.soleOf.get(slot);
            if (label >= 0) {
              closest.offer(label, score == 0 ? 0 : score / view.lengthOf(slot));
            }
          });
    }
    search(prototypes, unit, view.prototypeOf, top, closest);
  }

  /** As the other, but the index also holds rows that the view does not count. */
  private void search(LabelIndex.Covering covering, float[] unit, int top, Closest closest) {
    Slack slack = slack();
    for (int most = top + SPARE; ; most = 4 * most) {
      List<Hit> hits = covering.index().search(unit, most);
      List<Hit> live = hits.stream().filter(hit -> covering.label(view, hit.row()) >= 0).toList();
      boolean all = hits.size() < most;
      if (all
          || (live.size() >= top
              && hits.get(most - 1).score() < slack.below(live.get(top - 1).score()))) {
        for (Hit each : live) {
          closest.offer(covering.label(view, each.row()), each.score());
        }
        return;
      }
    }
  }

  /** Offers the labels of the best rows, down to one that is clearly worse than those wanted. */
  private void search(RowStack rows, float[] with, IntPages labelOf, int top, Closest closest) {
    Slack slack = slack();
    for (int most = top + SPARE; ; most = 4 * most) {
      List<Hit> hits = rows.search(with, most, row -> labelOf.get(row) >= 0);
      boolean all = hits.size() < most || most >= rows.count();
      if (all || hits.get(most - 1).score() < slack.below(hits.get(top - 1).score())) {
        for (Hit each : hits) {
          closest.offer(labelOf.get(each.row()), each.score());
        }
        return;
      }
    }
  }

  /** Sums the scores of all rows up by label. */
  private void sums(Closest closest) {
    double[] sums = new double[view.shelves.count()];
    view.rows.scan(
        query,
        (slot, score) -> {
          int label = view.labelOf.get(slot);
          if (label >= 0) {
            sums[label] += score;
          }
        });
    for (int label = 0; label < sums.length; label++) {
      Shelf shelf = view.shelves.find(label);
      if (shelf != null) {
        closest.offer(label, sums[label] / shelf.count());
      }
    }
  }

  /**
   * Scores each item that passes by the head and sums them up by label.
   *
   * @return how many labels have such an item
   */
  private long scoreItems(Closest closest) {
    double[] sums = new double[view.shelves.count()];
    int[] counts = new int[sums.length];
    for (int slot = 0; slot < view.facts.count(); slot++) {
      int label = view.labelOf.get(slot);
      if (label >= 0 && passes(slot)) {
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
    return filter.isNone() || filter.passes(view.facts.get(slot).metadata());
  }

  private double score(int slot) {
    return head.score(asked, 0, new Embeddings(query.length, view.rows.row(slot)), 0);
  }

  /** A label in full; at least one of its items must pass. */
  Ranked ranked(Shelf shelf) {
    double sum = 0;
    int items = 0;
    double best = Double.NEGATIVE_INFINITY;
    int nearest = -1;
    for (int i = 0; i < shelf.count(); i++) {
      int slot = shelf.slots()[i];
      if (passes(slot)) {
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
