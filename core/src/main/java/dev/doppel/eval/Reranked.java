package dev.doppel.eval;

import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * A quick matcher whose closest answers a slow one looks at again: retrieve, then re-rank.
 *
 * <p>Of a query's ways the {@code top} with the best score of the first get the sum s₁ + w s₂; the
 * others keep their order behind them. Where the first matcher's best leads by more than {@code
 * lead} nobody looks again. A pair alone always gets the sum. Each pair is looked at once by the
 * second. Thread-safe if both are.
 */
public final class Reranked implements Matcher {

  private final Matcher first;
  private final Matcher second;
  private final Rule rule;

  /**
   * Who is looked at again, and how much that counts.
   *
   * @param top ways of a query
   * @param weight w, of the second score
   * @param lead of the first matcher's best answer that settles a question
   */
  public record Rule(int top, double weight, double lead) {

    /** What the validation alphabets chose for a cosine and the deformable matcher. */
    public static final Rule CHOSEN = new Rule(5, 1.5, 0.25);

    public Rule {
      OptionException.require(top >= 2, "top", top, "at least 2");
      OptionException.require(weight > 0 && weight < 1e3, "weight", weight, "above 0, below 1000");
      OptionException.require(lead > 0, "lead", lead, "above 0");
    }
  }

  /**
   * @param first looks at everything
   * @param second looks at the closest again, by pairs
   */
  public Reranked(Matcher first, Matcher second, Rule rule) {
    this.first = first;
    this.second = second;
    this.rule = rule;
  }

  @Override
  public String name() {
    return first.name() + ", re-ranked by " + second.name();
  }

  @Override
  public Comparison over(List<Image> images) {
    return new Twice(first.over(images), second.over(images));
  }

  private final class Twice implements Comparison {

    private final Comparison quick;
    private final Comparison slow;
    private final Map<Long, Double> known = new ConcurrentHashMap<>();

    Twice(Comparison quick, Comparison slow) {
      this.quick = quick;
      this.slow = slow;
    }

    @Override
    public double score(int query, int other) {
      return quick.score(query, other) + rule.weight() * again(query, other);
    }

    private double again(int query, int other) {
      return known.computeIfAbsent(
          (long) query << Integer.SIZE | other, pair -> slow.score(query, other));
    }

    @Override
    public double[] scores(int query, int[][] support) {
      double[] scores = quick.scores(query, support);
      List<Integer> closest =
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(Comparator.comparingDouble(way -> -scores[way]))
              .limit(rule.top())
              .toList();
      if (closest.size() < 2 || scores[closest.get(0)] - scores[closest.get(1)] > rule.lead()) {
        return scores;
      }
      double[] more = new double[scores.length];
      double least = Double.POSITIVE_INFINITY;
      for (int way : closest) {
        for (int shot : support[way]) {
          more[way] += again(query, shot) / support[way].length;
        }
        least = Math.min(least, more[way]);
      }
      for (int way = 0; way < scores.length; way++) {
        scores[way] += rule.weight() * (closest.contains(way) ? more[way] : least);
      }
      return scores;
    }
  }
}
