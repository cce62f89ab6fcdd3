package dev.doppel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.eval.Interval;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class AccuracyChartTest {

  private static final AccuracyChart CHART =
      new AccuracyChart(
          "Right & wrong",
          List.of("one", "other"),
          List.of(
              row("first", 0.95, 0.9), // 95 and 90 of 100
              row("second", 0.8, 0.7)));

  private static AccuracyChart.Row row(String name, double one, double other) {
    return new AccuracyChart.Row(
        name,
        List.of(
            new AccuracyChart.Mark(one, new Interval(one - 0.02, one + 0.02)),
            new AccuracyChart.Mark(other, new Interval(other - 0.02, other + 0.02))),
        "1:00");
  }

  @Test
  void marksStandWhereTheirNumbersSay() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(CHART.svg().getBytes(StandardCharsets.UTF_8)));

    // Two in the legend, then four marks.
    double[] at = new double[6];
    for (int i = 0; i < 6; i++) {
      at[i] =
          Double.parseDouble(
              ((Element) svg.getElementsByTagName("circle").item(i)).getAttribute("cx"));
    }
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(6);
    assertThat(at[2] - at[3])
        .isCloseTo((at[4] - at[5]) / 2, org.assertj.core.data.Offset.offset(0.2));
    assertThat(at[2]).isGreaterThan(at[4]);
  }

  @Test
  void theTitleSaysTheSameInWords() {
    assertThat(CHART.svg())
        .contains("<title>Right &amp; wrong; first 95.0 % 90.0 %; second 80.0 % 70.0 %</title>");
  }
}
