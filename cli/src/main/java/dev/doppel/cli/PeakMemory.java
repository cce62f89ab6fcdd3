package dev.doppel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has had resident at once; only Linux tells it. */
final class PeakMemory {

  /** What makes Linux forget the peak so far. */
  private static final String FORGET = "5";

  private PeakMemory() {}

  /** Begins anew, where the system lets us; else the peak is the process's since its start. */
  static void reset() {
    System.gc(); // the heap of the work before is no part of the next
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), FORGET);
    } catch (IOException | UnsupportedOperationException elsewhere) {
      // It then stays the highest so far, which is never too low.
    }
  }

  /** In bytes; -1 where nobody knows. */
  static long bytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(kilobytes -> 1024 * Long.parseLong(kilobytes))
          .findFirst()
          .orElse(-1);
    } catch (IOException elsewhere) {
      return -1;
    }
  }
}
