package dev.doppel.data;

import java.util.List;

/**
 * A thing to recognise, with its samples.
 *
 * @param group name of the group it belongs to
 * @param name its name within the group
 * @param samples its images, by drawer
 */
public record ImageClass(String group, String name, List<Sample> samples) {

  public ImageClass {
    samples = List.copyOf(samples);
  }

  /** The same class with the samples of drawers {@code first} to {@code last} only. */
  public ImageClass byDrawers(int first, int last) {
    return new ImageClass(
        group,
        name,
        samples.stream().filter(s -> s.drawer() >= first && s.drawer() <= last).toList());
  }
}
