package dev.doppel.fewshot;

import dev.doppel.model.Embeddings;

/**
 * Decides between classes of which it has a few examples, from embeddings alone.
 *
 * <p>Answers depend neither on the order of the classes nor on that of their examples.
 * Implementations are immutable and thread-safe.
 */
public interface FewShotMethod {

  /** What the command line calls it, such as {@code prototypical}. */
  String name();

  /**
   * Whether an answer depends on the other queries. Such figures must not stand in one column with
   * those of methods that see one query at a time.
   */
  default boolean transductive() {
    return false;
  }

  /** How reports call it. */
  default String label() {
    return name() + (transductive() ? " (TRANSDUCTIVE: looks at all queries of an episode)" : "");
  }

  /**
   * How close each query is to each class.
   *
   * @param support the examples
   * @param queries {@code [queries, dim]}
   * @return {@code [queries][ways]}; higher is closer, among the classes of one query
   */
  double[][] scores(SupportSet support, Embeddings queries);
}
