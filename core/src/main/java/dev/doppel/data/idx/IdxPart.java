package dev.doppel.data.idx;

import java.util.List;

/** The two parts such a set is published in, each a file of images and one of labels. */
public enum IdxPart {
  /** To learn from, or to choose by. */
  TRAINING("train"),

  /** To report on; nothing may be chosen by it. */
  TEST("t10k", "test");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which nobody can change
  private final List<String> marks;

  IdxPart(String... marks) {
    this.marks = List.of(marks);
  }

  /** What file names have in them, in the order looked for: MNIST says t10k, EMNIST test. */
  List<String> marks() {
    return marks;
  }

  /** What options and reports call it. */
  public String text() {
    return this == TRAINING ? "training" : "test";
  }
}
