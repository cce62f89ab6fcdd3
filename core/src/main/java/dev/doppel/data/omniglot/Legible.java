package dev.doppel.data.omniglot;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;

/**
 * Omniglot without the one drawer who did not draw what he was shown.
 *
 * <p>Drawer 18 of Ge'ez wrote Latin letters that look a little alike, {@code U n M w L y Q}, and
 * three times a question mark. Half of the pairs of Koch's four test drawers meet him there, and
 * nobody can answer those questions: of all his alphabet's they leave a third, which is some three
 * points of {@code koch400}.
 */
public final class Legible {

  private static final String ALPHABET = "Ge_ez";
  private static final int DRAWER = 18;

  private Legible() {}

  /** The same data without his images. */
  public static Dataset of(Dataset data) {
    return new Dataset(
        data.name() + ", legible",
        data.synthetic(),
        data.groups().stream()
            .map(group -> group.name().equals(ALPHABET) ? without(group) : group)
            .toList());
  }

  private static Group without(Group group) {
    return new Group(
        group.name(),
        group.classes().stream()
            .map(
                each ->
                    new ImageClass(
                        each.group(),
                        each.name(),
                        each.samples().stream().filter(s -> s.drawer() != DRAWER).toList()))
            .toList());
  }
}
