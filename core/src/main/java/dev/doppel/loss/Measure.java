package dev.doppel.loss;

import dev.doppel.model.Head;

/**
 * What a loss compares embeddings by: a {@link Distance}, where lower is closer, or a {@link
 * Similarity}, where higher is.
 *
 * <p>They are two types, so that a loss takes only the one that its formula is written for. Outside
 * the loss there is one rule, higher is closer: see {@link #head}.
 */
public sealed interface Measure permits Distance, Similarity {

  /**
   * The head that ranks pairs as this measure does; higher is closer.
   *
   * @param dim length of an embedding
   */
  Head head(int dim);
}
