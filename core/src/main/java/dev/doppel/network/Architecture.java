package dev.doppel.network;

/**
 * An encoder's architecture, described once: from a batch of images to a batch of embeddings.
 *
 * <p>{@link #apply} reads like the paper's table; training, counting and the model file interpret
 * the same lines. Immutable and thread-safe.
 */
public interface Architecture {

  /** The name options and checkpoints use, such as {@code koch}. */
  String name();

  /** Side of the square input, in pixels. */
  int inputSide();

  /** Channels of the input: 1 for grey, 3 for colour. */
  int inputChannels();

  /**
   * The network itself.
   *
   * @param operators the interpreter
   * @param image {@code [batch, inputChannels, inputSide, inputSide]}
   * @return the embedding, {@code [batch, dim]}
   */
  <T> T apply(Operators<T> operators, T image);
}
