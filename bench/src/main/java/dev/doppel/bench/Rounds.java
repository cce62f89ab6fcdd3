package dev.doppel.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Seconds that several ways took, each once a round, so that a slow spell of the machine falls on
 * all of them.
 */
final class Rounds {

  private final Map<String, double[]> seconds;

  /**
   * @param seconds of each way, by name, in the order of the rounds
   */
  Rounds(Map<String, double[]> seconds) {
    this.seconds = seconds;
  }

  /**
   * Times all ways in turn, after a first turn that does not count.
   *
   * @param rounds turns that count, at least 1
   * @param ways what to time, by name
   */
  static Rounds of(int rounds, Map<String, Runnable> ways) {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    ways.forEach(
        (name, way) -> {
          way.run();
          seconds.put(name, new double[rounds]);
        });
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Runnable> way : ways.entrySet()) {
        long begin = System.nanoTime();
        way.getValue().run();
        Objects.requireNonNull(seconds.get(way.getKey()))[round] =
            (System.nanoTime() - begin) * 1e-9;
      }
    }
    return new Rounds(seconds);
  }

  /** How much of something a way did a second. */
  Spread rate(String way, double amount) {
    double[] taken = taken(way);
    return spread(taken.length, round -> amount / taken[round]);
  }

  /** Milliseconds a way took for each of so many. */
  Spread milliseconds(String way, int amount) {
    double[] taken = taken(way);
    return spread(taken.length, round -> 1000 * taken[round] / amount);
  }

  /** How many times as fast a way was as the baseline, compared round by round. */
  Spread ratio(String way, String baseline) {
    double[] taken = taken(way);
    double[] against = taken(baseline);
    return spread(taken.length, round -> against[round] / taken[round]);
  }

  private double[] taken(String way) {
    return Objects.requireNonNull(seconds.get(way), way);
  }

  private static Spread spread(int rounds, IntToDoubleFunction value) {
    double[] sorted = IntStream.range(0, rounds).mapToDouble(value).sorted().toArray();
    double middle = (sorted[(rounds - 1) / 2] + sorted[rounds / 2]) / 2;
    return new Spread(sorted[0], middle, sorted[rounds - 1]);
  }

  /**
   * What a figure was over the rounds.
   *
   * @param lowest of all rounds
   * @param median of all rounds
   * @param highest of all rounds
   */
  record Spread(double lowest, double median, double highest) {

    Spread times(double factor) {
      return new Spread(lowest * factor, median * factor, highest * factor);
    }

    /** The median, with the range behind it. */
    String text(int decimals) {
      String number = "%." + decimals + "f";
      return String.format(
          Locale.ROOT, number + " [" + number + "–" + number + "]", median, lowest, highest);
    }
  }
}
