package dev.doppel.cli;

import dev.doppel.error.OptionException;
import picocli.CommandLine.Option;

/** In which form a command prints a list, besides one JSON document. */
final class ListFormat {

  @Option(names = "--csv", description = "Print comma-separated values, with a line of names.")
  private boolean csv;

  /** Whether as comma-separated values. */
  boolean csv() {
    return csv;
  }

  /**
   * @throws OptionException if two forms are wanted
   */
  void check(Doppel doppel) {
    if (csv && doppel.json()) {
      throw new OptionException("Both --csv and --json", "A result has one form", "Leave one out");
    }
  }
}
