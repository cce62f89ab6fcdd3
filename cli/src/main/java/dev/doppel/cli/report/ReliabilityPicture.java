package dev.doppel.cli.report;

import dev.doppel.eval.Reliability;
import java.util.List;

/**
 * Claimed probabilities against how often they came true, as a picture that stands alone.
 *
 * @param reliabilities by size of the gallery, at most two
 */
public record ReliabilityPicture(List<Reliability> reliabilities) {

  public ReliabilityPicture {
    reliabilities = List.copyOf(reliabilities);
  }

  /** The whole {@code svg} document. */
  public String svg() {
    StringBuilder legend = new StringBuilder();
    for (int i = 0; i < reliabilities.size(); i++) {
      int y = 40 + 24 * i;
      legend.append("<g class=\"%s\">".formatted(i == 0 ? "first" : "second"));
      legend.append("<path class=\"curve\" d=\"M84 %dh28\"/>".formatted(y - 5));
      legend.append(
          Svg.text(120, y, "start", "among %d labels".formatted(reliabilities.get(i).labels())));
      legend.append("</g>\n");
    }
    String chart = new ReliabilityChart(reliabilities).svg();
    return Standalone.of(chart.replace("</svg>", legend + "</svg>"));
  }
}
