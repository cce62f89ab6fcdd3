package dev.doppel.eval;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.episode.EpisodeShape.Scope;
import dev.doppel.error.OptionException;
import dev.doppel.eval.GalleryList.Draw;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who is let in? A gallery of random classes, one example each, is asked about other images of them
 * and about images of classes that are not enrolled; thresholds are set before.
 *
 * <p>Each draw enrols anew. Of every enrolled class a few images by other drawers ask, and as many
 * of every class that is not enrolled. Questions come from {@code asked} alone; where it has too
 * few classes for the gallery and {@value #STRANGERS} strangers, the gallery is filled up from
 * {@code filler}, whose classes are never asked about. Within groups, each draw is of one group
 * that is large enough, in turns, and nothing is filled up.
 *
 * @param asked where the questions come from
 * @param filler other classes, to fill large galleries
 * @param galleries how many labels are enrolled; one table each
 * @param falseAccepts shares of strangers that thresholds are set for
 * @param scope whether a gallery and its strangers are of one group
 * @param draws galleries of each size
 * @param seed seed of the draws
 */
public record OpenSet(
    Dataset asked,
    Dataset filler,
    List<Integer> galleries,
    List<Double> falseAccepts,
    Scope scope,
    int draws,
    long seed) {

  /** Classes that stay strangers, however large the gallery. */
  static final int STRANGERS = 50;

  /** Images of a class that ask in a draw. */
  private static final int IMAGES = 2;

  /** Enrolled classes that ask in a draw; more would tell little of draws that share them. */
  private static final int GENUINE = 100;

  public OpenSet {
    galleries = List.copyOf(galleries);
    falseAccepts = List.copyOf(falseAccepts);
    OptionException.require(draws >= 1, "draws", draws, "at least 1");
    for (double share : falseAccepts) {
      OptionException.require(
          share > 0 && share < 1, "false accepts", share, "above 0 and below 1");
    }
    for (int labels : galleries) {
      OptionException.require(labels >= 1, "gallery", labels, "at least 1");
      checkRoom(asked, filler, scope, labels);
    }
    if (galleries.isEmpty() || falseAccepts.isEmpty()) {
      throw new OptionException(
          "%d gallery sizes and %d rates".formatted(galleries.size(), falseAccepts.size()),
          "At least one of each is measured",
          "Give both, such as 100 and 0.01");
    }
  }

  private static void checkRoom(Dataset asked, Dataset filler, Scope scope, int labels) {
    int own =
        scope == Scope.ACROSS
            ? usable(asked).size()
            : asked.groups().stream().mapToInt(group -> usable(group).size()).max().orElse(0);
    int most = own < 2 ? 0 : own - 1 + (scope == Scope.ACROSS ? usable(filler).size() : 0);
    if (labels > most) {
      throw new OptionException(
          "A gallery of %d labels".formatted(labels),
          "%s fills at most %d%s, so that one class with two images stays a stranger"
              .formatted(asked.name(), most, scope == Scope.WITHIN ? " from one group" : ""),
          "Ask for a smaller gallery");
    }
  }

  private static List<ImageClass> usable(Dataset data) {
    return data.classes().stream().filter(each -> each.samples().size() > 1).toList();
  }

  private static List<ImageClass> usable(Group group) {
    return group.classes().stream().filter(each -> each.samples().size() > 1).toList();
  }

  /** What reports call it. */
  public String name() {
    return "open-set" + (scope == Scope.WITHIN ? " within" : "");
  }

  /** Every gallery and who asks it. */
  public GalleryList questions() {
    return new GalleryList(galleries.stream().flatMap(this::of).toList());
  }

  private Stream<Draw> of(int labels) {
    Seed address = Seed.of(seed).at("open-set").at(labels);
    return IntStream.range(0, draws).mapToObj(i -> draw(labels, i, address.at(i).draws()));
  }

  private Draw draw(int labels, int index, Draws random) {
    List<ImageClass> from = usable(asked);
    if (scope == Scope.WITHIN) {
      List<Group> large =
          asked.groups().stream().filter(group -> usable(group).size() > labels).toList();
      from = usable(large.get(index % large.size()));
    }
    List<ImageClass> others = scope == Scope.WITHIN ? List.of() : usable(filler);
    int own = Math.min(labels, Math.max(from.size() - STRANGERS, 1));
    own = Math.max(own, labels - others.size());
    int[] order = random.permutation(from.size());
    List<Sample> enrolled = new ArrayList<>();
    List<Sample> genuine = new ArrayList<>();
    List<Sample> strangers = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      List<Sample> samples = from.get(order[i]).samples();
      boolean known = i < own;
      int images = known ? 1 + (i < GENUINE ? IMAGES : 0) : IMAGES;
      int[] drawn = random.distinct(Math.min(samples.size(), images), samples.size());
      List<Sample> some = Arrays.stream(drawn).mapToObj(samples::get).toList();
      if (known) {
        enrolled.add(some.get(0));
        genuine.addAll(some.subList(1, some.size()));
      } else {
        strangers.addAll(some);
      }
    }
    for (int other : random.distinct(labels - own, others.size())) {
      enrolled.add(random.pick(others.get(other).samples()));
    }
    return new Draw(labels, index, enrolled, genuine, strangers);
  }

  /**
   * Asks everything.
   *
   * @param rule set before, on other images than these
   * @throws dev.doppel.error.ModelException if a score is no number
   */
  public OpenSetReport run(Matcher matcher, AnswerRule rule) {
    List<Draw> all = questions().draws();
    Examiner examiner =
        Examiner.ofSamples(
            matcher,
            all.stream()
                .flatMap(
                    draw ->
                        Stream.of(draw.enrolled(), draw.genuine(), draw.strangers())
                            .flatMap(List::stream)));
    List<OpenSetReport.Row> rows = new ArrayList<>();
    List<Reliability> reliabilities = new ArrayList<>();
    for (int labels : galleries) {
      List<Draw> own = all.stream().filter(draw -> draw.labels() == labels).toList();
      List<OpenSetReply> replies =
          own.parallelStream().flatMap(draw -> OpenSetReply.to(draw, examiner).stream()).toList();
      for (double share : falseAccepts) {
        rows.add(OpenSetReport.row(replies, labels, share, rule));
      }
      reliabilities.add(OpenSetReport.reliability(replies, labels, rule));
    }
    return new OpenSetReport(
        name(), matcher.name(), asked.name(), asked.synthetic(), draws, seed, rows, reliabilities);
  }
}
