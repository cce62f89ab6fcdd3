package dev.doppel.model;

import dev.doppel.error.ModelException;
import dev.doppel.eval.PairScores;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Curves from the scores of pairs. Deterministic. */
final class CalibrationFit {

  /** Shares of false accepts on the curve, besides four a decade below. */
  private static final double[] FREQUENT = {0.9, 0.7, 0.5};

  /** Shares of true accepts between which evidence is weighed. */
  private static final double[] TRUE = {
    0.995, 0.98, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.005
  };

  private CalibrationFit() {}

  static StrangerCurve strangers(PairScores pairs) {
    List<StrangerCurve.Point> points = new ArrayList<>();
    double support = pairs.support();
    for (double share : FREQUENT) {
      if (share > support) {
        add(points, pairs, share);
      }
    }
    for (int k = 2; Math.pow(10, -k / 4.0) > 1.3 * support; k++) {
      add(points, pairs, Math.pow(10, -k / 4.0));
    }
    add(points, pairs, support);
    if (points.isEmpty()) {
      throw flat();
    }
    double last = points.get(points.size() - 1).score();
    double sum = 0;
    int beyond = 0;
    double[] different = pairs.different();
    for (int i = different.length - 1; i >= 0 && different[i] >= last; i--) {
      sum += different[i] - last;
      beyond++;
    }
    // A mean excess of nothing is an accident of equal scores.
    double least = 1e-6 * (different[different.length - 1] - different[0]);
    double excess = Math.max(beyond == 0 ? 0 : sum / beyond, least);
    if (!(excess > 0)) {
      throw flat();
    }
    return new StrangerCurve(points, 1 / excess, pairs.evenness());
  }

  private static void add(List<StrangerCurve.Point> points, PairScores pairs, double share) {
    double score = pairs.scoreAt(share);
    double far = pairs.far(score);
    if (far == 0) {
      return; // the highest score is too frequent to say anything of this share
    }
    if (points.isEmpty()
        || (score > points.get(points.size() - 1).score()
            && far < points.get(points.size() - 1).share())) {
      points.add(new StrangerCurve.Point(score, far));
    }
  }

  /**
   * The ratio of both kinds' shares between neighbouring cuts, pooled where it would fall (Ayer et
   * al. 1955), each at the middle of its cuts. Half a pair is added to both kinds: no finite number
   * of pairs makes certain.
   */
  static Evidence evidence(PairScores pairs, StrangerCurve strangers) {
    double[] same = pairs.same();
    TreeSet<Double> cuts = new TreeSet<>();
    strangers.points().forEach(point -> cuts.add(point.score()));
    for (double share : TRUE) {
      cuts.add(same[(int) ((1 - share) * same.length)]);
    }
    List<Double> edges = new ArrayList<>(cuts);
    List<Bin> bins = new ArrayList<>();
    double low = Math.min(same[0], pairs.different()[0]);
    double high = Math.max(same[same.length - 1], edges.get(edges.size() - 1));
    for (int i = 0; i <= edges.size(); i++) {
      double from = i == 0 ? low : edges.get(i - 1);
      double to = i == edges.size() ? high : edges.get(i);
      double tar = (i == 0 ? 1 : pairs.tar(from)) - (i == edges.size() ? 0 : pairs.tar(to));
      double far =
          (i == 0 ? 1 : strangers.share(from)) - (i == edges.size() ? 0 : strangers.share(to));
      bins.add(
          new Bin(
              from,
              to,
              tar + 0.5 / same.length,
              Math.max(far, 0) + 0.5 / pairs.different().length));
      while (bins.size() > 1
          && bins.get(bins.size() - 2).log() >= bins.get(bins.size() - 1).log()) {
        Bin above = bins.remove(bins.size() - 1);
        bins.add(bins.remove(bins.size() - 1).and(above));
      }
    }
    List<Evidence.Point> points = new ArrayList<>();
    for (Bin bin : bins) {
      double middle = bin.from + (bin.to - bin.from) / 2;
      if (points.isEmpty() || middle > points.get(points.size() - 1).score()) {
        points.add(new Evidence.Point(middle, bin.log()));
      }
    }
    if (points.get(points.size() - 1).log() <= 0 || points.get(0).log() >= 0) {
      throw new ModelException(
          "Pairs that are the same score no higher than others",
          "Scores must be higher for pairs that are the same",
          "The model has not learned, or its head has the wrong sign: train longer");
    }
    return new Evidence(points);
  }

  private static ModelException flat() {
    return new ModelException(
        "Nearly all different pairs have one score",
        "Scores must tell images apart",
        "The model has collapsed: train again with a lower rate, or use an earlier one");
  }

  /** A stretch of scores with the share of each kind of pair in it. */
  private record Bin(double from, double to, double same, double different) {

    double log() {
      return Math.log(same / different);
    }

    Bin and(Bin above) {
      return new Bin(from, above.to, same + above.same, different + above.different);
    }
  }
}
