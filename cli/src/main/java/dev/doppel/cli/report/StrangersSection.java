package dev.doppel.cli.report;

import dev.doppel.eval.Interval;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.OpenSetReport.Row;
import dev.doppel.eval.OpenSetReport.Shares;
import dev.doppel.eval.Reliability;
import java.util.List;
import java.util.Locale;

/**
 * The part of the page about what was never enrolled: whether the network's probabilities come
 * true, and what it says of things it knows and of strangers.
 *
 * @param report asked about alphabets that neither training nor calibration saw
 */
record StrangersSection(OpenSetReport report) {

  /** The section's HTML. */
  String html() {
    List<Row> rows = usual();
    return """
        <section>
        <h2>Does it know what it does not know?</h2>
        <p class="note">Each gallery holds one example of each of its labels. It is asked about \
        other images of them, and about characters that were never enrolled, half and half. \
        Thresholds and probabilities were set before, on other alphabets. %s Where a second label \
        scores about as high, the answer is unsure all the same.</p>
        <div class="charts">
        <figure>
        <figcaption>How often it was right, by the probability it gave</figcaption>
        <p class="legend">%s</p>
        %s</figure>
        <figure>
        <figcaption>What it says, where %s of strangers may be let in</figcaption>
        <div class="scroll"><table class="said">
        <thead><tr><th scope="col">asked about</th>%s</tr></thead>
        %s</table></div>
        </figure>
        </div>
        </section>
        """
        .formatted(
            letIn(rows),
            legend(),
            new ReliabilityChart(report.reliabilities()).svg(),
            asked(rows),
            head(),
            body(rows));
  }

  /** The rows of the larger share that may be let in, which is the usual one. */
  private List<Row> usual() {
    double usual = report.rows().stream().mapToDouble(Row::allowed).max().orElse(0);
    return report.rows().stream().filter(row -> row.allowed() == usual).toList();
  }

  private static String asked(List<Row> rows) {
    return rows.isEmpty() ? "none" : small(rows.get(0).allowed());
  }

  private static String letIn(List<Row> rows) {
    StringBuilder words = new StringBuilder();
    for (Row row : rows) {
      Interval interval = row.falseAccepts().interval();
      words.append(
          String.format(
              Locale.ROOT,
              "Among %d labels, %s of strangers reached the threshold (95 %% interval %.2f – %.2f). ",
              row.labels(),
              small(row.falseAccepts().share()),
              100 * interval.low(),
              100 * interval.high()));
    }
    return words.toString().strip();
  }

  private String legend() {
    StringBuilder legend = new StringBuilder();
    for (int i = 0; i < report.reliabilities().size(); i++) {
      Reliability each = report.reliabilities().get(i);
      legend.append(
          String.format(
              Locale.ROOT,
              "<span class=\"key %s\"></span>%d labels, off by %.1f %% on average<br/>",
              i == 0 ? "first" : "second",
              each.labels(),
              100 * each.error()));
    }
    return legend
        .append(
            "<span class=\"key honest\"></span>as often as it says; larger points are more answers")
        .toString();
  }

  private static String head() {
    StringBuilder head = new StringBuilder();
    for (String each : List.of("known", "unsure", "unknown")) {
      head.append(
          "<th scope=\"col\" class=\"share\"><span class=\"key %1$s\"></span>%1$s</th>"
              .formatted(each));
    }
    return head.toString();
  }

  private static String body(List<Row> rows) {
    StringBuilder body = new StringBuilder();
    for (Row row : rows) {
      body.append(
          """
          <tbody>
          <tr><th scope="rowgroup" colspan="4">a gallery of %d labels</th></tr>
          %s%s</tbody>
          """
              .formatted(
                  row.labels(),
                  line("what is enrolled", row.genuine()),
                  line("strangers", row.strangers())));
    }
    return body.toString();
  }

  private static String line(String who, Shares shares) {
    return """
        <tr class="numbers"><th scope="row">%s</th>%s%s%s</tr>
        <tr class="picture"><td colspan="4">%s</td></tr>
        """
        .formatted(
            who, cell(shares.known()), cell(shares.unsure()), cell(shares.unknown()), bar(shares));
  }

  private static String cell(double share) {
    return "<td class=\"share\">" + small(share) + "</td>";
  }

  /** The numbers above it say the same, so that it is hidden from screen readers. */
  private static String bar(Shares shares) {
    double unsure = 200 * shares.known();
    double unknown = 200 * (shares.known() + shares.unsure());
    return String.format(
        Locale.ROOT,
        "<svg viewBox=\"0 0 200 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + "<rect class=\"unknown\" width=\"200\" height=\"10\"/>"
            + "<rect class=\"unsure\" width=\"%.2f\" height=\"10\"/>"
            + "<rect class=\"known\" width=\"%.2f\" height=\"10\"/></svg>",
        unknown,
        unsure);
  }

  /** A share in percent, with the digits that small ones need. */
  private static String small(double share) {
    double percent = 100 * share;
    String digits = String.format(Locale.ROOT, percent < 1 ? "%.2f" : "%.1f", percent);
    return (digits.matches("0\\.0+|1\\.0") ? digits.substring(0, 1) : digits) + " %";
  }
}
