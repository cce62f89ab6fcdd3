package dev.doppel.network;

import dev.doppel.error.OptionException;
import java.util.List;

/** How many filters and features a layer may have. */
final class Widths {

  /** Far more than any machine trains, and too few for a count of weights to overflow. */
  private static final int MOST = 1 << 16;

  private Widths() {}

  /** Refuses a width that no layer can have. */
  static void require(String setting, int width) {
    OptionException.require(
        width >= 1 && width <= MOST, "architecture." + setting, width, "1 to " + MOST);
  }

  /** The same for several layers, of which there must be one. */
  static void require(String setting, List<Integer> widths) {
    OptionException.require(
        !widths.isEmpty() && widths.stream().allMatch(each -> each >= 1 && each <= MOST),
        "architecture." + setting,
        widths,
        "numbers from 1 to " + MOST);
  }
}
