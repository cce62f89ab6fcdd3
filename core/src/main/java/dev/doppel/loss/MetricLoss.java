package dev.doppel.loss;

/**
 * What makes a network's embeddings comparable: over the items of a batch ({@link BatchLoss}), with
 * one learned row a class ({@link ProxyLoss}), or over an episode ({@link EpisodeLoss}).
 * Implementations are immutable and thread-safe.
 */
public interface MetricLoss {

  /** What it is called, as in {@code triplet}. */
  String name();

  /** What it compares embeddings by; its head ranks pairs the same way. */
  Measure measure();
}
