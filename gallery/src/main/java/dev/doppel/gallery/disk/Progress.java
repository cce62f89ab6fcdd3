package dev.doppel.gallery.disk;

/** Is told how far a long piece of work has come, now and then, on the thread that does it. */
@FunctionalInterface
public interface Progress {

  /** Is told nothing. */
  Progress NONE = (done, of) -> {};

  /** So many items of so many are done. */
  void at(long done, long of);
}
