package dev.doppel.episode;

/** Whether two images show one class; an enum because papers disagree on which is 1. */
public enum Relation {
  /** Both images show the same class. */
  SAME,
  /** The images show different classes. */
  DIFFERENT
}
