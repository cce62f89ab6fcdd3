package dev.doppel.torch;

import dev.doppel.loss.AngularLoss;
import dev.doppel.loss.AngularNPairLoss;
import dev.doppel.loss.ClassifierLoss;
import dev.doppel.loss.EpisodeLoss;
import dev.doppel.loss.LossCatalogue;
import dev.doppel.loss.MetricLoss;
import dev.doppel.loss.NtXentLoss;
import dev.doppel.loss.ProxyLoss;
import dev.doppel.loss.Similarity;
import dev.doppel.loss.SupervisedContrastiveLoss;
import java.util.Map;

/**
 * What a loss is usually trained with, where papers' settings do not suit a small network, a CPU
 * and minutes. Chosen by short runs on the validation alphabets.
 *
 * @param formula the loss's settings
 * @param radius see {@link MetricOptions}
 * @param pace by what the preset's learning rate is multiplied
 * @param perClass K; 0 for shuffled batches
 */
record LossRecipe(MetricLoss formula, double radius, double pace, int perClass) {

  private static final Map<String, LossRecipe> OWN =
      Map.of(
          "normalised-softmax",
          shuffled(ClassifierLoss.normalisedSoftmax(0.05), 1),
          "cosface",
          shuffled(ClassifierLoss.cosFace(20, 0.1), 1),
          "arcface",
          shuffled(ClassifierLoss.arcFace(20, 0.1), 1),
          "nt-xent",
          new LossRecipe(NtXentLoss.withTemperature(0.1), 0, 1, 4),
          "supervised-contrastive",
          new LossRecipe(SupervisedContrastiveLoss.withTemperature(0.1), 0, 1, 4),
          "prototypical",
          new LossRecipe(LossCatalogue.loss("prototypical").loss(), 2.25, 1, 4),
          "n-pair",
          new LossRecipe(LossCatalogue.loss("n-pair").loss(), 3, 1, 2),
          "angular",
          new LossRecipe(AngularLoss.withAlpha(45), 1, 1, 4),
          "n-pair-angular",
          new LossRecipe(AngularNPairLoss.withAlpha(45).withNPair(2), 1, 1, 2));

  private static LossRecipe shuffled(MetricLoss formula, double pace) {
    return new LossRecipe(formula, 0, pace, 0);
  }

  /** The recipe of a loss by name. */
  static LossRecipe of(String name) {
    LossCatalogue.Entry entry = LossCatalogue.loss(name);
    LossRecipe own = OWN.get(name);
    if (own != null) {
      return own;
    }
    MetricLoss formula = entry.loss();
    if (formula instanceof ProxyLoss) {
      return shuffled(formula, 1);
    }
    boolean sphere = entry.onUnitSphere() && formula.measure() != Similarity.COSINE;
    return new LossRecipe(formula, sphere ? 1 : 0, 1, 4);
  }

  /** Images of each class that are an episode's support. */
  int shots() {
    return formula instanceof EpisodeLoss ? 1 : 0;
  }
}
