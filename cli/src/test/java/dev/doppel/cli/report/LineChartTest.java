package dev.doppel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.cli.report.Curve.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineChartTest {

  @ParameterizedTest
  @CsvSource({"100, 5, 20", "1, 5, 0.2", "7, 6, 2", "20, 5, 5", "0.9, 6, 0.2", "40, 6, 10"})
  void ticksStandAtRoundNumbers(double range, int most, double step) {
    assertThat(LineChart.tick(range, most)).isEqualTo(step);
  }

  @Test
  void theLineRunsFromTheLeftEdgeToTheRight() {
    Curve curve = new Curve(List.of(new Point(0, 0), new Point(5, 50), new Point(10, 100)));

    String svg = new LineChart("Accuracy", " %", curve, 100).svg();

    assertThat(svg).contains("points=\"56.0,224.0 261.0,119.0 466.0,14.0 \"");
    assertThat(svg).contains("from 0.00 % at epoch 0.0 to 100.00 % at epoch 10.0");
  }

  @Test
  void aChartOfNothingIsStillAChart() {
    assertThat(new LineChart("Loss", "", new Curve(List.of()), 0).svg())
        .contains("nothing recorded")
        .doesNotContain("NaN");
  }

  @Test
  void thinningKeepsTheMean() {
    Curve curve = new Curve(IntStream.range(0, 1000).mapToObj(i -> new Point(i, i % 10)).toList());

    Curve thinned = curve.thinned(100);

    assertThat(thinned.points()).hasSize(100).allSatisfy(p -> assertThat(p.y()).isEqualTo(4.5));
    assertThat(curve.thinned(1000)).isSameAs(curve);
  }
}
