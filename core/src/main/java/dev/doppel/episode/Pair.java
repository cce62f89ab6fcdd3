package dev.doppel.episode;

import dev.doppel.data.Sample;

/**
 * Two different images and whether they show one class.
 *
 * @param first one image
 * @param second another image, never the same one
 * @param relation whether both show the same class
 */
public record Pair(Sample first, Sample second, Relation relation) {

  public Pair {
    if (first.equals(second)) {
      throw new IllegalArgumentException("a pair needs two images, got " + first.id() + " twice");
    }
    if (first.sameClass(second) != (relation == Relation.SAME)) {
      throw new IllegalArgumentException(
          first.id() + " and " + second.id() + " are not " + relation);
    }
  }
}
