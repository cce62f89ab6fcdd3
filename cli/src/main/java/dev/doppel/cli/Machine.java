package dev.doppel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were made on: enough to compare speeds, nothing that names the owner. */
final class Machine {

  private Machine() {}

  /** Processors and operating system: {@code 2 × Some Processor 3 GHz, Linux}. */
  static String describe() {
    return Runtime.getRuntime().availableProcessors()
        + " × "
        + processor()
        + ", "
        + System.getProperty("os.name", "an unknown system");
  }

  private static String processor() {
    try (Stream<String> facts = Files.lines(Path.of("/proc/cpuinfo"))) {
      return facts
          .filter(fact -> fact.startsWith("model name"))
          .map(fact -> fact.substring(fact.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture());
    } catch (IOException | UncheckedIOException elsewhere) { // only Linux tells it in a file
      return architecture();
    }
  }

  private static String architecture() {
    return System.getProperty("os.arch", "unknown processor");
  }
}
