package dev.doppel.loss;

import dev.doppel.model.Head;

/** How alike two embeddings are; higher is closer. */
public enum Similarity implements Measure {
  /** The cosine of the angle between both, −1 to 1; 0 where either has no length. */
  COSINE,
  /** {@code a · b}, whose scale is the embeddings' own. */
  DOT;

  /** {@inheritDoc} For {@link #DOT} it is the cosine, which has the same order on unit vectors. */
  @Override
  public Head head(int dim) {
    return new Head.Cosine();
  }
}
