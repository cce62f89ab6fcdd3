package dev.doppel.episode;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A fixed set of pairs as Koch et al. 2015 (section 4.2) draw it: the same number from every group,
 * half of them the same class and half different.
 *
 * <p>Uniform over groups, then over the classes of a group, then over their images. Neighbours in
 * the set take turns in group and relation, so every batch is balanced; where the size is no
 * multiple of twice the groups, counts differ by at most one a group and relation. Pair i is
 * computed from its address alone. Immutable and thread-safe.
 */
public final class PairSampler {

  private final List<Group> groups;
  private final List<List<ImageClass>> repeated;
  private final int size;
  private final Negatives negatives;
  private final Seed seed;

  /**
   * @param data where the images come from
   * @param size number of pairs; the paper has 30,000, 90,000 and 150,000
   * @param negatives where the two classes of a different pair come from
   * @param seed address of the set
   * @throws OptionException if there is no pair to ask for, or a group cannot supply both kinds
   */
  public PairSampler(Dataset data, int size, Negatives negatives, Seed seed) {
    if (size < 2) {
      throw new OptionException(
          size + " pairs of " + data.name(),
          "There must be at least 2, one of each kind",
          "Ask for more; Koch et al. used 30000, 90000 and 150000");
    }
    this.groups = data.groups();
    this.size = size;
    this.negatives = negatives;
    this.seed = seed;
    this.repeated =
        groups.stream()
            .map(group -> group.classes().stream().filter(c -> c.samples().size() > 1).toList())
            .toList();
    check(data);
  }

  private void check(Dataset data) {
    if (groups.isEmpty() || (negatives == Negatives.ANY && groups.size() < 2)) {
      throw new OptionException(
          data.name() + " has " + groups.size() + " groups",
          "Pairs need at least one, and two if the different ones come from any",
          "Add groups, or draw different pairs from the same group");
    }
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      boolean lonely = negatives == Negatives.SAME_GROUP && group.classes().size() < 2;
      boolean blank = group.classes().stream().anyMatch(each -> each.samples().isEmpty());
      if (repeated.get(g).isEmpty() || lonely || blank) {
        throw new OptionException(
            "Group %s of %s has %d classes, %d of them with two images or more%s"
                .formatted(
                    group.name(),
                    data.name(),
                    group.classes().size(),
                    repeated.get(g).size(),
                    blank ? ", and one with none" : ""),
            "Each group must supply two images of one class, and a second class",
            "Leave the group out, or add images to it");
      }
    }
  }

  /** The number of pairs. */
  public int size() {
    return size;
  }

  /**
   * The pair at a place of the set.
   *
   * @param index 0 … size-1
   */
  public Pair pair(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("pair " + index + " of " + size);
    }
    int group = index / 2 % groups.size();
    Draws draws = seed.at(index).draws();
    return index % 2 == 0 ? same(group, draws) : different(group, draws);
  }

  /** All pairs, in order. */
  public Stream<Pair> pairs() {
    return IntStream.range(0, size).mapToObj(this::pair);
  }

  private Pair same(int group, Draws draws) {
    List<Sample> samples = draws.pick(repeated.get(group)).samples();
    int[] two = draws.distinct(2, samples.size());
    return new Pair(samples.get(two[0]), samples.get(two[1]), Relation.SAME);
  }

  private Pair different(int group, Draws draws) {
    List<ImageClass> own = groups.get(group).classes();
    ImageClass first = draws.pick(own);
    ImageClass other;
    do {
      other = draws.pick(negatives == Negatives.ANY ? draws.pick(groups).classes() : own);
    } while (other.equals(first));
    return new Pair(draws.pick(first.samples()), draws.pick(other.samples()), Relation.DIFFERENT);
  }
}
