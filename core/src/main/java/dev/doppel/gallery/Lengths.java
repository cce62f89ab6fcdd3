package dev.doppel.gallery;

/**
 * How long rows are, those without length aside. Immutable.
 *
 * @param least of all
 * @param most of all
 */
record Lengths(double least, double most) {

  /** Of no rows. */
  static final Lengths NONE = new Lengths(1, 1);

  Lengths with(double length) {
    return length == 0 || (length >= least && length <= most)
        ? this
        : new Lengths(Math.min(least, length), Math.max(most, length));
  }

  /** How far they are from 1. */
  double fromOne() {
    return Math.max(1 - least, most - 1);
  }

  /** Whether no product of floats with them overflows, or loses what tells rows apart. */
  boolean areModerate() {
    return least > 1e-12 && most < 1e12;
  }
}
