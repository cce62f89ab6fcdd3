package dev.doppel.data.omniglot;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.image.Image;
import dev.doppel.image.QuarterTurn;
import dev.doppel.image.Sheet;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The split of Vinyals, Blundell, Lillicrap, Kavukcuoglu and Wierstra 2016 (<i>Matching networks
 * for one shot learning</i>): 1,200 characters to learn from and 423 to test on, whatever their
 * alphabets.
 *
 * <p>Which characters are which is not printed, so both ways offered here are our reading, and the
 * name of each part says which it is. {@link #published} makes the images what they were in the
 * paper. Immutable and thread-safe.
 *
 * @param training the characters to learn from, as Omniglot has them
 * @param test the characters to test on, as Omniglot has them
 */
public record VinyalsSplit(Dataset training, Dataset test) {

  /** Characters to test on. */
  public static final int TEST = 423;

  /** Columns and rows of a published image. */
  public static final int SIDE = 28;

  private static final int TURNS = 4;

  /**
   * Tests on characters of the evaluation set alone, drawn by the seed; all of the background set,
   * which models here learn from, is among the training characters. So such a model never saw what
   * it is tested on.
   *
   * <p>The test part does not depend on the background set, which may be left unread.
   */
  public static VinyalsSplit heldOut(Omniglot omniglot, long seed) {
    return of(omniglot, omniglot.evaluation().classes(), "evaluation characters", seed);
  }

  /**
   * Tests on 423 of all characters, drawn by the seed. Only for models that learned from the other
   * 1,200: half of what is asked about is of the background set.
   */
  public static VinyalsSplit anyCharacters(Omniglot omniglot, long seed) {
    List<ImageClass> all = new ArrayList<>(omniglot.background().classes());
    all.addAll(omniglot.evaluation().classes());
    return of(omniglot, all, "characters", seed);
  }

  private static VinyalsSplit of(Omniglot omniglot, List<ImageClass> from, String what, long seed) {
    int[] order = Seed.of(seed).at("vinyals").draws().permutation(from.size());
    int count = Math.min(TEST, from.size()); // drawn sets are smaller
    Set<String> test =
        IntStream.of(order)
            .skip(from.size() - count)
            .mapToObj(i -> path(from.get(i)))
            .collect(Collectors.toSet());
    String name =
        "%svinyals %%s, %d of %d %s held out"
            .formatted(omniglot.synthetic() ? "synthetic " : "", count, from.size(), what);
    return new VinyalsSplit(
        part(omniglot, name.formatted("training"), each -> !test.contains(path(each))),
        part(omniglot, name.formatted("test"), each -> test.contains(path(each))));
  }

  private static String path(ImageClass character) {
    return character.group() + "/" + character.name();
  }

  private static Dataset part(Omniglot omniglot, String name, Predicate<ImageClass> keep) {
    List<Group> groups =
        Stream.of(omniglot.background(), omniglot.evaluation())
            .flatMap(set -> set.groups().stream())
            .map(group -> new Group(group.name(), group.classes().stream().filter(keep).toList()))
            .filter(group -> !group.classes().isEmpty())
            .toList();
    return new Dataset(name, omniglot.synthetic(), groups);
  }

  /**
   * The images as the paper has them: reduced to 28×28 pixels, each the mean of what it covers, and
   * only then turned by right angles, which makes four classes of each character.
   *
   * @param part {@link #training} or {@link #test}
   */
  public static Dataset published(Dataset part) {
    List<Group> groups =
        part.groups().stream()
            .map(
                group ->
                    new Group(
                        group.name(),
                        group.classes().parallelStream().flatMap(VinyalsSplit::turned).toList()))
            .toList();
    return new Dataset(part.name() + ", 28 px, four turns", part.synthetic(), groups);
  }

  private static Stream<ImageClass> turned(ImageClass character) {
    Sheet small = new Sheet(SIDE, 0);
    List<Image> images =
        character.samples().stream().map(sample -> small.place(sample.image())).toList();
    return IntStream.range(0, TURNS)
        .mapToObj(
            turns -> {
              String name = character.name() + "-turned%03d".formatted(90 * turns);
              List<Sample> samples = new ArrayList<>();
              for (int i = 0; i < images.size(); i++) {
                samples.add(
                    new Sample(
                        character.group(),
                        name,
                        character.samples().get(i).drawer(),
                        QuarterTurn.of(images.get(i), turns)));
              }
              return new ImageClass(character.group(), name, samples);
            });
  }
}
