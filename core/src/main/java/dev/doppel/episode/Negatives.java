package dev.doppel.episode;

/** Where the two classes of a {@link Relation#DIFFERENT} pair come from. */
public enum Negatives {
  /** Two classes of one group: the harder kind, and the one a trial within an alphabet asks. */
  SAME_GROUP,
  /** A class of the pair's group and any other class of the data set, groups equally likely. */
  ANY
}
