package dev.doppel.cli;

/**
 * What the process ends with, unless a signal ended it: then 128 and the signal's number.
 *
 * <p>Whoever gets {@link #USAGE} need not try again with the same words, whatever else changes.
 */
final class ExitCode {

  /** Done; any answer is one, also {@code unknown}. */
  static final int DONE = 0;

  /** The work failed, or something that was asked for is not there. */
  static final int FAILED = 1;

  /** The command line itself is wrong: a word, a value, or two that exclude each other. */
  static final int USAGE = 2;

  private ExitCode() {}
}
