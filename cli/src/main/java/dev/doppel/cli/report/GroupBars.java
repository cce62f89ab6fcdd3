package dev.doppel.cli.report;

import dev.doppel.eval.Interval;
import java.util.List;
import java.util.Locale;

/**
 * An accuracy a group, each as a bar with its interval.
 *
 * @param title what is shown
 * @param bars one below the other
 */
public record GroupBars(String title, List<Bar> bars) {

  private static final int WIDTH = 690;
  private static final int LEFT = 240;
  private static final int RIGHT = 84;
  private static final int ABOVE = 48;
  private static final int BELOW = 36;
  private static final int STEP = 27;

  /**
   * One group.
   *
   * @param name its name
   * @param accuracy 0 to 1
   * @param interval 95 %
   */
  public record Bar(String name, double accuracy, Interval interval) {}

  public GroupBars {
    bars = List.copyOf(bars);
  }

  /** The whole {@code svg} document. */
  public String svg() {
    double least = bars.stream().mapToDouble(bar -> bar.interval().low()).min().orElse(0);
    double from = Math.max(0, Math.floor(least * 10 - 0.5) / 10);
    int height = ABOVE + bars.size() * STEP + BELOW;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, height, Html.text(inWords())));
    svg.append(Svg.text("head", 20, 28, "start", title));
    double step = LineChart.tick(1 - from, 6);
    for (int i = 0; from + i * step <= 1 + 1e-9; i++) {
      double x = x(from + i * step, from);
      svg.append(Svg.line(x, ABOVE - 6, x, height - BELOW, "grid"));
      String percent = String.format(Locale.ROOT, "%.0f %%", 100 * (from + i * step));
      svg.append(Svg.text("small", x, height - BELOW + 20, "middle", percent));
    }
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), ABOVE + (i + 0.5) * STEP, from);
    }
    return Standalone.of(svg.append("</svg>\n").toString());
  }

  private static void bar(StringBuilder svg, Bar bar, double y, double from) {
    svg.append(Svg.text("name", LEFT - 12, y + 5, "end", bar.name().replace('_', ' ')));
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"ours\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"14\"/>\n",
            LEFT,
            y - 7,
            x(bar.accuracy(), from) - LEFT));
    svg.append(
        Svg.line(x(bar.interval().low(), from), y, x(bar.interval().high(), from), y, "whisker"));
    String percent = String.format(Locale.ROOT, "%.1f %%", 100 * bar.accuracy());
    svg.append(Svg.text("name", WIDTH - 16, y + 5, "end", percent));
  }

  private String inWords() {
    StringBuilder words = new StringBuilder(title).append(':');
    for (Bar bar : bars) {
      words.append(String.format(Locale.ROOT, " %s %.1f %%;", bar.name(), 100 * bar.accuracy()));
    }
    return words.toString();
  }

  private static double x(double share, double from) {
    return LEFT + (share - from) / (1 - from) * (WIDTH - LEFT - RIGHT);
  }
}
