package dev.doppel.cli.report;

import dev.doppel.eval.Interval;
import dev.doppel.eval.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of 20-way one-shot results on Omniglot within alphabets: someone's accuracy
 * and where the figure stands.
 *
 * @param who who answered
 * @param accuracy share of right answers, 0 to 1
 * @param interval 95 % interval, or null where the number of trials is not known
 * @param source where the figure is printed
 * @param ours whether this run measured it
 */
public record Standing(
    String who, double accuracy, @Nullable Interval interval, String source, boolean ours) {

  /** Trials behind each published machine's figure: twenty runs of twenty. */
  private static final int PUBLISHED_TRIALS = 400;

  private static final String KOCH = "Koch et al. 2015, table 2";
  private static final String LAKE = "Lake et al. 2015";
  private static final String SHYAM = "Shyam et al. 2017";

  /**
   * What was published for these ten alphabets. The machines' intervals are Wilson's for 400
   * trials, computed here since the papers print none; the figure for people is a mean over forty
   * of them and has none.
   */
  public static List<Standing> published() {
    return List.of(
        machine("ConvARC, sees all 20 at once", 0.985, SHYAM),
        machine("ConvARC, pair by pair", 0.9775, SHYAM),
        machine("Bayesian program learning", 0.967, LAKE),
        new Standing("People", 0.955, null, KOCH, false),
        machine("Hierarchical Bayesian program learning", 0.952, KOCH),
        machine("Convolutional siamese net", 0.92, KOCH),
        machine("Affine model", 0.818, KOCH),
        machine("Hierarchical deep", 0.652, KOCH),
        machine("Deep Boltzmann machine", 0.62, KOCH),
        machine("Siamese net, two full layers", 0.583, KOCH),
        machine("Simple stroke", 0.352, KOCH),
        machine("Nearest neighbour in pixels", 0.217, KOCH));
  }

  /** The published rows and ours, best first; ours comes first among equals. */
  public static List<Standing> with(List<Score> scores) {
    List<Standing> rows = new ArrayList<>(published());
    for (Score score : scores) {
      String who = "This run: " + score.model() + (score.synthetic() ? " (synthetic data)" : "");
      rows.add(new Standing(who, score.accuracy(), score.interval(), "measured now", true));
    }
    rows.sort(
        Comparator.comparingDouble(Standing::accuracy)
            .reversed()
            .thenComparing(row -> row.ours() ? 0 : 1));
    return List.copyOf(rows);
  }

  private static Standing machine(String who, double accuracy, String source) {
    Interval interval = Interval.wilson(accuracy * PUBLISHED_TRIALS, PUBLISHED_TRIALS);
    return new Standing(who, accuracy, interval, source, false);
  }
}
