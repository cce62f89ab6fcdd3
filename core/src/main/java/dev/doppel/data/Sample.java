package dev.doppel.data;

import dev.doppel.image.Image;

/**
 * One image of a class.
 *
 * @param group name of the group (Omniglot: the alphabet)
 * @param className name of the class within its group (Omniglot: {@code character07})
 * @param drawer who made it, from 1; a drawer is one person within one alphabet only
 * @param image the picture
 */
public record Sample(String group, String className, int drawer, Image image) {

  /** Whether both show the same class. */
  public boolean sameClass(Sample other) {
    return group.equals(other.group) && className.equals(other.className);
  }

  /** The address of this sample: {@code Greek/character07/03}. */
  public String id() {
    return "%s/%s/%02d".formatted(group, className, drawer);
  }
}
