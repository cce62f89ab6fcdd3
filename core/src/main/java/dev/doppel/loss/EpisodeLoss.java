package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * A loss over an episode: queries are to be told apart with the help of a support set.
 * Implementations are immutable and thread-safe.
 */
public interface EpisodeLoss extends MetricLoss {

  /**
   * Value, gradients and answers.
   *
   * @param support {@code [support, dim]}
   * @param supportLabels {@code [support]}
   * @param query {@code [queries, dim]}
   * @param queryLabels {@code [queries]}, each one of the support's
   * @throws dev.doppel.error.TrainingException if there are no queries or there is only one class
   *     and that is to be refused, or something is no number
   */
  EpisodeResult of(
      Embeddings support,
      int[] supportLabels,
      Embeddings query,
      int[] queryLabels,
      WhenEmpty whenEmpty);
}
