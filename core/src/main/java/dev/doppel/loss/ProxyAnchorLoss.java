package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;

/**
 * Proxy anchor (Kim et al. 2020): {@code 1/|P⁺| Σ log(1 + Σ exp(−α(s − δ))) + 1/|P| Σ log(1 + Σ
 * exp(α(s + δ)))}, s the cosine of a proxy with the items of its class, and with all others; P⁺ the
 * proxies whose class is present.
 *
 * @param margin δ
 * @param alpha α
 */
public record ProxyAnchorLoss(double margin, double alpha) implements ProxyLoss {

  public ProxyAnchorLoss {
    OptionException.require(margin >= 0, "loss.margin", margin, "0 or more");
    OptionException.require(alpha > 0, "loss.alpha", alpha, "above 0");
  }

  /** As the paper has it: δ = 0.1, α = 32. */
  public static ProxyAnchorLoss defaults() {
    return new ProxyAnchorLoss(0.1, 32);
  }

  @Override
  public String name() {
    return "proxy anchor";
  }

  @Override
  public Measure measure() {
    return Similarity.COSINE;
  }

  @Override
  public ProxyResult of(Embeddings embeddings, int[] labels, Embeddings proxies) {
    ProxySum sum = new ProxySum(this, embeddings, labels, proxies);
    boolean[] present = new boolean[proxies.count()];
    for (int label : labels) {
      present[label] = true;
    }
    int classes = 0;
    for (boolean each : present) {
      classes += each ? 1 : 0;
    }
    double value = 0;
    for (int c = 0; c < present.length; c++) {
      if (present[c]) {
        value += side(c, labels, true, 1.0 / classes, sum.scores);
      }
      value += side(c, labels, false, 1.0 / present.length, sum.scores);
    }
    long pairs = (long) labels.length * present.length;
    return sum.result(value, 1, new Counts(pairs, pairs, value > 0 ? pairs : 0), Double.NaN);
  }

  /** The term of one proxy, over the items of its class or over all others. */
  private double side(int proxy, int[] labels, boolean own, double weight, CrossScores scores) {
    double highest = 0;
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] == proxy) == own) {
        highest = Math.max(highest, exponent(scores.score[i][proxy], own));
      }
    }
    double total = Exponentials.share(-highest);
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] == proxy) == own) {
        total += Exponentials.share(exponent(scores.score[i][proxy], own) - highest);
      }
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] == proxy) == own) {
        double e = Exponentials.share(exponent(scores.score[i][proxy], own) - highest);
        scores.slope[i][proxy] = (float) ((own ? -alpha : alpha) * weight * e / total);
      }
    }
    double log = highest == 0 ? Math.log1p(total - 1) : highest + Math.log(total);
    return weight * log;
  }

  private double exponent(double cosine, boolean own) {
    return own ? -alpha * (cosine - margin) : alpha * (cosine + margin);
  }
}
