package dev.doppel.gallery;

/**
 * Which state of a catalogue a view is.
 *
 * @param numbering counts how often rows were numbered anew
 * @param change counts changes
 */
record Edition(long numbering, long change) {

  static final Edition FIRST = new Edition(0, 0);

  Edition next() {
    return new Edition(numbering, change + 1);
  }

  Edition renumbered() {
    return new Edition(numbering + 1, change);
  }

  /** Whether it is that one, or what became of it without rows being numbered anew. */
  boolean follows(Edition other) {
    return numbering == other.numbering && change >= other.change;
  }
}
