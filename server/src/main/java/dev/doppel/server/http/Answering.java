package dev.doppel.server.http;

/** Where an answer goes that is given later: exactly one of both, once, from any thread. */
public interface Answering {

  /** It is answered. */
  void reply(Reply reply);

  /** It is not. */
  void fail(RuntimeException reason);
}
