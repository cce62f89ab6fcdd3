package dev.doppel.server.http;

/**
 * Answers requests of one route that need little, without a thread of their own: it is called on
 * the thread that reads from all connections, and answers from the one that embeds. Two changes of
 * thread fewer are a fifth of all that a small request costs beside its embedding.
 */
@FunctionalInterface
public interface Prompt {

  /**
   * Begins to answer a request that came as a picture, and waits for nothing.
   *
   * @return false if it takes more than a moment, so that the route's endpoint must answer
   * @throws dev.doppel.server.error.Refusal if it is not granted
   */
  boolean begin(Exchange exchange, Answering to);
}
