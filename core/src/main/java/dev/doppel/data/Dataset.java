package dev.doppel.data;

import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A labelled set of images: groups of classes of samples. Immutable and thread-safe.
 *
 * @param name what it is, such as {@code omniglot background}
 * @param synthetic whether a program drew it; every figure measured on it must say so
 * @param groups its groups, by name
 */
public record Dataset(String name, boolean synthetic, List<Group> groups) {

  public Dataset {
    groups = List.copyOf(groups);
  }

  /** All classes of all groups, in order. */
  public List<ImageClass> classes() {
    return groups.stream().flatMap(group -> group.classes().stream()).toList();
  }

  /** All samples of all classes, in order. */
  public Stream<Sample> samples() {
    return classes().stream().flatMap(each -> each.samples().stream());
  }

  /** The groups that pass, under another name. */
  public Dataset where(String name, Predicate<Group> keep) {
    return new Dataset(name, synthetic, groups.stream().filter(keep).toList());
  }

  /**
   * Some of the groups, drawn by chance; more groups of the same seed hold all of fewer.
   *
   * @param count how many; 0 or as many as there are for all
   * @throws OptionException if there are fewer
   */
  public Dataset someGroups(int count, Seed seed) {
    int all = groups.size();
    OptionException.require(
        count >= 0 && count <= all,
        "alphabets",
        count,
        "0 to %d, as many as there are".formatted(all));
    if (count == 0 || count == all) {
      return this;
    }
    int[] order = seed.draws().permutation(all);
    return new Dataset(
        "%s, %d of %d groups".formatted(name, count, all),
        synthetic,
        Arrays.stream(order, 0, count).sorted().mapToObj(groups::get).toList());
  }

  /** The samples of drawers {@code first} to {@code last}, both included, under another name. */
  public Dataset byDrawers(String name, int first, int last) {
    return new Dataset(
        name,
        synthetic,
        groups.stream()
            .map(
                group ->
                    new Group(
                        group.name(),
                        group.classes().stream().map(each -> each.byDrawers(first, last)).toList()))
            .toList());
  }
}
