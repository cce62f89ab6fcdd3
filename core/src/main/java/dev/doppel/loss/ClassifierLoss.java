package dev.doppel.loss;

import dev.doppel.error.OptionException;
import dev.doppel.model.Embeddings;

/**
 * Cross-entropy of {@code scale} times the cosines with each class's weights, the own class's
 * hindered by a margin: normalised softmax, CosFace, ArcFace; the mean over items.
 *
 * @param scale by how much cosines are stretched before the softmax; 1 / temperature
 * @param margin for the own class
 */
public record ClassifierLoss(double scale, AngleMargin margin) implements ProxyLoss {

  public ClassifierLoss {
    OptionException.require(scale > 0, "loss.scale", scale, "above 0");
  }

  /** No margin. */
  public static ClassifierLoss normalisedSoftmax(double temperature) {
    OptionException.require(temperature > 0, "loss.temperature", temperature, "above 0");
    return new ClassifierLoss(1 / temperature, new AngleMargin.None());
  }

  /** A margin of the cosine; the paper has scale 64 and margin 0.35. */
  public static ClassifierLoss cosFace(double scale, double margin) {
    return new ClassifierLoss(scale, new AngleMargin.Additive(margin));
  }

  /** A margin of the angle in radians; the paper has scale 64 and margin 0.5. */
  public static ClassifierLoss arcFace(double scale, double margin) {
    return new ClassifierLoss(scale, new AngleMargin.Angular(margin, true));
  }

  @Override
  public String name() {
    return margin instanceof AngleMargin.Angular
        ? "arcface"
        : margin instanceof AngleMargin.Additive ? "cosface" : "normalised softmax";
  }

  @Override
  public Measure measure() {
    return Similarity.COSINE;
  }

  @Override
  public ProxyResult of(Embeddings embeddings, int[] labels, Embeddings proxies) {
    ProxySum sum = new ProxySum(this, embeddings, labels, proxies);
    double value = 0;
    long active = 0;
    double[] logits = new double[proxies.count()];
    for (int i = 0; i < labels.length; i++) {
      double term = item(labels[i], sum.scores.score[i], sum.scores.slope[i], logits);
      value += term;
      active += term > 0 ? 1 : 0;
    }
    Counts counts = new Counts(labels.length, labels.length, active);
    double chance = Math.log(proxies.count());
    return sum.result(value / labels.length, 1.0 / labels.length, counts, chance);
  }

  private double item(int label, float[] cosines, float[] slope, double[] logits) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.length; c++) {
      double cosine = Math.max(-1, Math.min(1, cosines[c]));
      logits[c] = scale * (c == label ? margin.cosine(cosine) : cosine);
      highest = Math.max(highest, logits[c]);
    }
    double total = 0;
    for (int c = 0; c < logits.length; c++) {
      total += Exponentials.share(logits[c] - highest);
    }
    double others = 0;
    for (int c = 0; c < logits.length; c++) {
      double share = Exponentials.share(logits[c] - highest) / total;
      if (c != label) {
        slope[c] = (float) (scale * share);
        others += share;
      }
    }
    double cosine = Math.max(-1, Math.min(1, cosines[label]));
    slope[label] = (float) (-scale * others * margin.slope(cosine));
    return Math.max(0, highest + Math.log(total) - logits[label]);
  }
}
