package dev.doppel.network;

/**
 * What an architecture is made of; each interpreter gives the operators a meaning of its own.
 *
 * <p>Shape inference counts, libtorch computes and learns, the model file writes nodes. Values are
 * {@code [batch, channels, height, width]} until {@link #flatten} or {@link #globalAverage}, then
 * {@code [batch, features]}. Names are those of the weights: {@code name.weight}, {@code
 * name.bias}.
 *
 * @param <T> a value on its way through the network
 */
public interface Operators<T> {

  /** What {@link #batchNorm} adds to each variance. */
  float BATCH_NORM_EPSILON = 1e-5f;

  /** {@link #unitLength} divides by no less, so that zeros stay zeros. */
  float SHORTEST_LENGTH = 1e-12f;

  /**
   * Weights {@code [filters, channels / groups, height, width]}, bias {@code [filters]} if asked
   * for.
   */
  T conv(String name, T input, Conv conv);

  /**
   * Batch normalisation over all but the channels (Ioffe and Szegedy 2015); scale {@code
   * name.weight}, shift {@code name.bias}, and the running {@code name.mean}, {@code
   * name.variance}; {@code (x − mean) / √(variance + ε)} is scaled and shifted, ε being {@link
   * #BATCH_NORM_EPSILON}.
   */
  T batchNorm(String name, T input);

  /** max(0, x). */
  T relu(T input);

  /** 1 / (1 + exp(-x)). */
  T sigmoid(T input);

  /** The largest of each {@code side × side} window, windows side by side. */
  T maxPool(T input, int side);

  /** The sum of two values of one shape. */
  T add(T left, T right);

  /** Each channel of {@code planes} times its own number in {@code factors}, {@code [batch, c]}. */
  T scale(T planes, T factors);

  /**
   * Scaled dot-product attention over positions (Vaswani et al. 2017), one head: what comes out at
   * position i is {@code Σ_j w_ij · value_j}, {@code w_i} the softmax over j of {@code factor ·
   * query_i · key_j}.
   *
   * @param query {@code [batch, c, h, w]}, as are the others and the result
   * @param factor 1 / √c in the paper
   */
  T attention(T query, T key, T value, double factor);

  /** {@code [batch, c, h, w]} to {@code [batch, c·h·w]}. */
  T flatten(T input);

  /** {@code [batch, c, h, w]} to {@code [batch, c]}: the mean of each channel. */
  T globalAverage(T input);

  /** Weights {@code [features out, features in]}, bias {@code [features out]}. */
  T dense(String name, T input, int features);

  /**
   * Each row divided by its Euclidean length, or by {@link #SHORTEST_LENGTH} if that is greater: a
   * unit vector, or zeros.
   */
  T unitLength(T input);
}
