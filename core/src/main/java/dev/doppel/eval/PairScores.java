package dev.doppel.eval;

import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.DataException;
import dev.doppel.error.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The scores of all pairs of some images, by whether both show one class.
 *
 * <p>Different pairs of images are many, but pairs of classes are what they tell about: 400 pairs
 * of images of two characters that look alike are one accident. Deterministic, whatever the
 * threads.
 */
public final class PairScores {

  /** Images that are enough: four million pairs. */
  public static final int IMAGES = 3000;

  /** Images of a class that are enough, so that no class outweighs the others. */
  private static final int OF_A_CLASS = 20;

  /** A share rests on the data if so many pairs of classes are as rare. */
  private static final int SUPPORT = 30;

  private final double[] same;
  private final double[] different;
  private final int classes;
  private final double evenness;

  private PairScores(double[] same, double[] different, int classes, double evenness) {
    this.same = same;
    this.different = different;
    this.classes = classes;
    this.evenness = evenness;
  }

  /**
   * Scores that come from elsewhere.
   *
   * @param same scores of pairs of one class
   * @param different scores of pairs of two classes
   * @param classes how many classes there are
   * @param evenness see {@link #evenness()}
   * @throws DataException if they are too few to say anything
   * @throws ModelException if one is no finite number
   */
  public static PairScores of(double[] same, double[] different, int classes, double evenness) {
    check(same, different, classes);
    return new PairScores(sorted(same.clone()), sorted(different.clone()), classes, evenness);
  }

  private static void check(double[] same, double[] different, int classes) {
    if (classes < 2 || same.length == 0 || different.length == 0) {
      throw new DataException(
          "%d same and %d different pairs of %d classes"
              .formatted(same.length, different.length, classes),
          "Scores are told apart by pairs of both kinds",
          "Give two classes or more, with two images or more of one");
    }
  }

  private static double[] sorted(double[] scores) {
    Arrays.parallelSort(scores); // puts what is no number last
    if (!Double.isFinite(scores[0]) || !Double.isFinite(scores[scores.length - 1])) {
      throw new ModelException(
          "A pair got a score that is no finite number",
          "Scores are finite numbers, higher for closer pairs",
          "The model is damaged or its training diverged: train again, or use an earlier one");
    }
    return scores;
  }

  /**
   * The images to score: at most 20 of a class and about {@link #IMAGES} in all, each class its
   * first ones.
   */
  public static List<ImageClass> choose(Dataset data) {
    List<ImageClass> classes =
        data.classes().stream().filter(each -> !each.samples().isEmpty()).toList();
    int each = Math.max(2, Math.min(OF_A_CLASS, IMAGES / Math.max(1, classes.size())));
    List<ImageClass> chosen = new ArrayList<>();
    for (ImageClass member : classes) {
      List<Sample> samples = member.samples();
      chosen.add(
          new ImageClass(
              member.group(), member.name(), samples.subList(0, Math.min(each, samples.size()))));
    }
    return chosen;
  }

  /**
   * Scores all pairs.
   *
   * @param classes the images, as {@link #choose} gives them
   * @param comparison by index of the image, counted through all classes
   * @param done told how many images are compared with all others; called by many threads
   * @throws DataException if there are no pairs of both kinds
   * @throws ModelException if a score is no finite number
   */
  public static PairScores of(
      List<ImageClass> classes, Matcher.Comparison comparison, IntConsumer done) {
    int[] classOf =
        IntStream.range(0, classes.size())
            .flatMap(c -> IntStream.range(0, classes.get(c).samples().size()).map(i -> c))
            .toArray();
    int n = classOf.length;
    double[][] rows = new double[n][]; // row i holds the scores against images 0 … i−1
    AtomicInteger rowsDone = new AtomicInteger();
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              double[] row = new double[i];
              for (int j = 0; j < i; j++) {
                row[j] = comparison.score(i, j);
              }
              rows[i] = row;
              done.accept(rowsDone.incrementAndGet());
            });
    double[] same = collect(rows, classOf, true);
    double[] different = collect(rows, classOf, false);
    check(same, different, classes.size());
    PairScores scores = new PairScores(sorted(same), sorted(different), classes.size(), 1);
    double level = scores.scoreAt(scores.support());
    return new PairScores(
        scores.same, scores.different, classes.size(), evenness(rows, classOf, classes, level));
  }

  private static double[] collect(double[][] rows, int[] classOf, boolean same) {
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        count += (classOf[i] == classOf[j]) == same ? 1 : 0;
      }
    }
    double[] scores = new double[count];
    int at = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        if ((classOf[i] == classOf[j]) == same) {
          scores[at++] = rows[i][j] + 0.0; // makes −0 and 0 one score
        }
      }
    }
    return scores;
  }

  /**
   * The shape of the gamma distribution, from how often an image reaches the level with each of two
   * other classes: that is {@code far² (1 + 1/a)}, where far is how often with one.
   */
  private static double evenness(
      double[][] rows, int[] classOf, List<ImageClass> classes, double level) {
    int count = classes.size();
    double one = 0;
    double two = 0;
    for (int i = 0; i < rows.length; i++) {
      double[] reached = new double[count];
      for (int j = 0; j < rows.length; j++) {
        double score = i > j ? rows[i][j] : i < j ? rows[j][i] : Double.NEGATIVE_INFINITY;
        if (score >= level && classOf[i] != classOf[j]) {
          reached[classOf[j]] += 1.0 / classes.get(classOf[j]).samples().size();
        }
      }
      double sum = Arrays.stream(reached).sum();
      double squares = Arrays.stream(reached).map(x -> x * x).sum();
      one += sum / (count - 1);
      two += count > 2 ? (sum * sum - squares) / (count - 1) / (count - 2) : 0;
    }
    double far = one / rows.length;
    if (far == 0) {
      return 1; // scores with many ties; nothing is known
    }
    double excess = two / rows.length / (far * far) - 1;
    return 1 / Math.max(1e-6, Math.min(10, excess)); // not a number of few images to be trusted
  }

  /** Scores of pairs of one class, rising; nobody writes to it. */
  public double[] same() {
    return same;
  }

  /** Scores of pairs of two classes, rising; nobody writes to it. */
  public double[] different() {
    return different;
  }

  /** How many classes there are. */
  public int classes() {
    return classes;
  }

  /**
   * How evenly images share the pairs that score high: the shape of a gamma distribution; large if
   * resembling one class has nothing to do with resembling another.
   */
  public double evenness() {
    return evenness;
  }

  /** The smallest false-accept rate that enough pairs of classes speak of. */
  public double support() {
    return Math.min(0.5, SUPPORT / (classes * (classes - 1) / 2.0));
  }

  /** The share of different pairs that reach a score. */
  public double far(double score) {
    return reaching(different, score);
  }

  /** The share of same pairs that reach a score. */
  public double tar(double score) {
    return reaching(same, score);
  }

  private static double reaching(double[] sorted, double score) {
    return (double) (sorted.length - firstFrom(sorted, score)) / sorted.length;
  }

  /** The number of scores below this one. */
  private static int firstFrom(double[] sorted, double score) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The lowest score that at most this share of different pairs reaches. */
  public double scoreAt(double far) {
    int allowed = (int) (far * different.length);
    if (allowed >= different.length) {
      return different[0];
    }
    return Math.nextUp(different[different.length - 1 - allowed]);
  }

  /** The score where as many different pairs are accepted as same pairs are rejected. */
  public double equalErrorScore() {
    double low = Math.min(same[0], different[0]);
    double high = Math.max(same[same.length - 1], different[different.length - 1]);
    for (int i = 0; i < 200 && low < high; i++) { // far − frr falls as the score rises
      double middle = low + (high - low) / 2;
      if (far(middle) > 1 - tar(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The score from which accepting is right most often where half of all pairs are the same; of
   * equally good ones the middle of those between two scores.
   */
  public double bestScore() {
    double best = Double.NEGATIVE_INFINITY;
    int at = 0;
    for (int i = 0; i < same.length; i++) {
      double gain = (double) (same.length - i) / same.length - far(same[i]);
      if (gain > best) {
        best = gain;
        at = i;
      }
    }
    double below = different[Math.max(0, firstFrom(different, same[at]) - 1)];
    if (at > 0) {
      below = Math.max(below, same[at - 1]);
    }
    double middle = below + (same[at] - below) / 2;
    return below < same[at] && middle > below ? middle : same[at];
  }
}
