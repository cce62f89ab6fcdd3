package dev.doppel.torch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What learns, episode by episode, to decide between classes from the embeddings of their examples.
 *
 * <p>Scores do not depend on the order of examples or of classes, and nothing in it is bound to a
 * number of either. Not thread-safe; its parameters outlive the step.
 */
interface EpisodeHead extends AutoCloseable {

  /** What learns, by name. */
  Map<String, Tensor> parameters();

  /**
   * How close each query is to each class.
   *
   * @param support {@code [examples, dim]}
   * @param classes 1 where an example is of a class, {@code [examples, ways]}
   * @param queries {@code [queries, dim]}
   * @param learned {@link #parameters}, or others of the same names
   * @return {@code [queries, ways]}, higher is closer
   */
  Tensor scores(Tensor support, Tensor classes, Tensor queries, Map<String, Tensor> learned);

  /**
   * The loss of an episode, a scalar.
   *
   * @param scores as {@link #scores} gives them
   * @param answers 1 where a query is of a class, {@code [queries, ways]}
   */
  Tensor loss(Tensor scores, Tensor answers);

  @Override
  default void close() {
    parameters().values().forEach(Tensor::releaseReference);
  }
}
