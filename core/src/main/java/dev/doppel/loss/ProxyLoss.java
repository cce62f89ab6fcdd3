package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/**
 * A loss that compares embeddings with one learned row a class: its weights, or proxy.
 * Implementations are immutable and thread-safe.
 */
public interface ProxyLoss extends MetricLoss {

  /**
   * Value and both gradients.
   *
   * @param embeddings {@code [count, dim]}
   * @param labels {@code [count]}, each the row of its class in {@code proxies}
   * @param proxies {@code [classes, dim]}
   * @throws dev.doppel.error.TrainingException if there are no embeddings, or something is no
   *     number
   */
  ProxyResult of(Embeddings embeddings, int[] labels, Embeddings proxies);

  /**
   * A loss with the gradients of all that can learn.
   *
   * @param loss value, counts, and the gradient by the embeddings
   * @param proxyGradient by the proxies, {@code [classes, dim]}
   */
  record ProxyResult(LossResult loss, float[] proxyGradient) {}
}
