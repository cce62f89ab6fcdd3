package dev.doppel.data.omniglot;

import dev.doppel.data.Sample;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Lake's fixed one-shot runs: 20 of 20 trials each, two runs for each of ten alphabets.
 *
 * <p>A run shows one image of each of 20 characters by one drawer, then asks about 20 images by
 * another drawer, one of each character. Immutable and thread-safe.
 *
 * @param runs the runs, in their order
 */
public record LakeRuns(List<Run> runs) {

  public LakeRuns {
    runs = List.copyOf(runs);
  }

  /** The names of the alphabets that occur, sorted. */
  public NavigableSet<String> alphabets() {
    NavigableSet<String> names = new TreeSet<>();
    for (Run run : runs) {
      run.training().forEach(sample -> names.add(sample.group()));
      run.items().forEach(item -> names.add(item.image().group()));
    }
    return names;
  }

  /**
   * One run.
   *
   * @param name such as {@code run01}
   * @param training one image a class, in class order
   * @param items the images asked about, in their order
   */
  public record Run(String name, List<Sample> training, List<Item> items) {

    public Run {
      training = List.copyOf(training);
      items = List.copyOf(items);
      for (Item item : items) {
        if (item.answer() < 0 || item.answer() >= training.size()) {
          throw new IllegalArgumentException(
              name + ": answer " + item.answer() + " of " + training.size() + " classes");
        }
      }
    }
  }

  /**
   * One question of a run.
   *
   * @param image the image asked about
   * @param answer index of the right class in {@link Run#training()}
   */
  public record Item(Sample image, int answer) {}
}
