package dev.doppel.episode;

import dev.doppel.data.Sample;
import java.util.List;

/**
 * P classes with K images each.
 *
 * @param classes index of each class in {@link dev.doppel.data.Dataset#classes()}, P of them
 * @param samples {@code [P][K]}, the images of each class
 */
public record Batch(List<Integer> classes, List<List<Sample>> samples) {

  public Batch {
    classes = List.copyOf(classes);
    samples = samples.stream().map(List::copyOf).toList();
    if (classes.size() != samples.size()) {
      throw new IllegalArgumentException(
          classes.size() + " classes with " + samples.size() + " lists of samples");
    }
  }

  /** All images, class by class. */
  public List<Sample> flat() {
    return samples.stream().flatMap(List::stream).toList();
  }

  /** The class of each of {@link #flat()}. */
  public int[] labels() {
    int[] labels = new int[samples.stream().mapToInt(List::size).sum()];
    int at = 0;
    for (int i = 0; i < samples.size(); i++) {
      for (int k = 0; k < samples.get(i).size(); k++) {
        labels[at++] = classes.get(i);
      }
    }
    return labels;
  }
}
