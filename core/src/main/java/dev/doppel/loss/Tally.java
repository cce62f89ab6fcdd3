package dev.doppel.loss;

/** Sums over some of a batch's terms, before they are reduced. */
final class Tally {

  /** Sum of the terms. */
  double value;

  /** Sum that the terms would have if all embeddings were the same. */
  double atCollapse;

  long possible;
  long selected;
  long active;

  /** What {@link Reduction#MEAN} divides by. */
  long terms;

  /** What {@link Reduction#MEAN_ACTIVE} divides by. */
  long activeTerms;

  void add(Tally other) {
    value += other.value;
    atCollapse += other.atCollapse;
    possible += other.possible;
    selected += other.selected;
    active += other.active;
    terms += other.terms;
    activeTerms += other.activeTerms;
  }

  /** Adds tuples that are terms of their own. */
  void tuples(double sum, long selectedTuples, long activeTuples) {
    value += sum;
    selected += selectedTuples;
    terms += selectedTuples;
    active += activeTuples;
    activeTerms += activeTuples;
  }

  /** Adds one term over several tuples, all of which count if it is above 0. */
  void term(double term, long selectedTuples) {
    value += term;
    selected += selectedTuples;
    terms++;
    if (term > 0) {
      active += selectedTuples;
      activeTerms++;
    }
  }

  Counts counts() {
    return new Counts(possible, selected, active);
  }

  /** The reduced loss; its gradient is still to be divided by the same. */
  LossResult result(Reduction reduction, float[] gradient) {
    long divisor = divisor(reduction);
    double collapse = atCollapse / (reduction == Reduction.SUM ? 1 : Math.max(1, terms));
    return new LossResult(value / divisor, gradient, counts(), collapse);
  }

  long divisor(Reduction reduction) {
    return reduction.divisor(terms, activeTerms);
  }
}
