package dev.doppel.server.http;

/** Answers the requests of one route; called from many threads at once. */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers one.
   *
   * @throws dev.doppel.server.error.Refusal if it is not granted
   */
  Reply answer(Exchange exchange);
}
