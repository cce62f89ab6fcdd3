package dev.doppel.data.omniglot;

import dev.doppel.data.Dataset;
import dev.doppel.error.DataException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Omniglot (Lake, Salakhutdinov and Tenenbaum, Science 350, 2015): 1,623 handwritten characters of
 * 50 alphabets, each drawn by 20 people, 105×105 pixels of ink or paper.
 *
 * <p>It is held as bits, about 48 MB in all. Immutable and thread-safe.
 *
 * @param background 30 alphabets of 964 characters, to learn from
 * @param evaluation 20 alphabets of 659 characters, to choose by and to test on
 * @param runs Lake's twenty one-shot runs, drawn from ten of the evaluation alphabets
 * @param fingerprint what the decoded images and runs hash to, as 16 hexadecimal digits, whatever
 *     container they came in
 */
public record Omniglot(Dataset background, Dataset evaluation, LakeRuns runs, String fingerprint) {

  /** Columns and rows of every image. */
  public static final int SIDE = 105;

  /** People who drew each character. */
  public static final int DRAWERS = 20;

  /**
   * Reads and checks the whole set.
   *
   * @param folder holds {@code images_background}, {@code images_evaluation} and {@code all_runs},
   *     each as a zip or unpacked, or has a folder {@code omniglot} or {@code python} that does
   * @throws DataException if anything is missing, damaged or not the published set
   */
  public static Omniglot read(Path folder) {
    return OmniglotReading.of(OmniglotFiles.in(folder), OmniglotShape.PUBLISHED).orThrow();
  }

  /** A set put together elsewhere, with the fingerprint of its content. */
  public static Omniglot of(Dataset background, Dataset evaluation, LakeRuns runs) {
    return new Omniglot(
        background,
        evaluation,
        runs,
        Fingerprint.of(
            background.groups().parallelStream().map(Fingerprint::of).toList(),
            evaluation.groups().parallelStream().map(Fingerprint::of).toList(),
            runs));
  }

  /** Whether a program drew it; every figure measured on it must say so. */
  public boolean synthetic() {
    return background.synthetic();
  }

  /** The evaluation alphabets no run uses, all drawers: what everyday choices are made by. */
  public Dataset validationAlphabets() {
    Set<String> tested = runs.alphabets();
    return evaluation.where(
        prefix() + "validation alphabets", group -> !tested.contains(group.name()));
  }

  /** The alphabets of the runs, all drawers: never train, tune or choose anything on them. */
  public Dataset testAlphabets() {
    Set<String> tested = runs.alphabets();
    return evaluation.where(prefix() + "test alphabets", group -> tested.contains(group.name()));
  }

  private String prefix() {
    return synthetic() ? "synthetic omniglot " : "omniglot ";
  }
}
