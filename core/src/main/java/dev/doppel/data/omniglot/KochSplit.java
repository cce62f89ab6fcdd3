package dev.doppel.data.omniglot;

import dev.doppel.data.Dataset;

/**
 * The split of Koch, Zemel and Salakhutdinov 2015 (section 4.1): no two parts share an alphabet or
 * a drawer's number.
 *
 * <p>Training has 30 alphabets and 12 drawers, validation ten other alphabets and four other
 * drawers, test the ten alphabets of Lake's runs and the last four drawers. The paper says which
 * ten are the test's; that validation is the other ten, and which drawers go where, is our reading.
 * Immutable and thread-safe.
 *
 * @param training the background alphabets, drawers 1 to 12
 * @param validation the evaluation alphabets no run uses, drawers 13 to 16
 * @param test the alphabets of the runs, drawers 17 to 20; nothing may be chosen by them
 */
public record KochSplit(Dataset training, Dataset validation, Dataset test) {

  /** Splits the whole set. */
  public static KochSplit of(Omniglot omniglot) {
    String prefix = omniglot.synthetic() ? "synthetic koch " : "koch ";
    return new KochSplit(
        omniglot.background().byDrawers(prefix + "training", 1, 12),
        omniglot.validationAlphabets().byDrawers(prefix + "validation", 13, 16),
        omniglot.testAlphabets().byDrawers(prefix + "test", 17, 20));
  }

  /** Three lines: what each part holds. */
  public String describe() {
    return line("training", training, "1–12")
        + "\n"
        + line("validation", validation, "13–16")
        + "\n"
        + line("test", test, "17–20");
  }

  private static String line(String part, Dataset set, String drawers) {
    return "%-10s  %2d alphabets  %3d characters  drawers %-5s  %,6d images%s"
        .formatted(
            part,
            set.groups().size(),
            set.classes().size(),
            drawers,
            set.samples().count(),
            set.synthetic() ? "  (synthetic)" : "");
  }

  @Override
  public String toString() {
    return "KochSplit\n" + describe();
  }
}
