package dev.doppel.cli;

import dev.doppel.cli.Table.Align;
import dev.doppel.eval.Interval;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.OpenSetReport.Rate;
import dev.doppel.eval.OpenSetReport.Row;
import dev.doppel.eval.OpenSetReport.Shares;
import dev.doppel.eval.Reliability;
import dev.doppel.model.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the open-set protocol found out, as programs and people read it. */
final class OpenSetText {

  private OpenSetText() {}

  /** The members of the JSON document. */
  static Map<String, Object> json(OpenSetReport report, Head head) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("protocol", report.protocol());
    json.put("model", report.model());
    json.put("data", report.data());
    json.put("synthetic", report.synthetic());
    json.put("draws", report.draws());
    json.put("seed", report.seed());
    json.put("rows", report.rows().stream().map(row -> json(row, head)).toList());
    json.put("reliability", report.reliabilities().stream().map(OpenSetText::json).toList());
    return json;
  }

  private static Map<String, Object> json(Row row, Head head) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("labels", row.labels());
    json.put("allowed", row.allowed());
    json.put("threshold", row.threshold());
    json.put("reachable", row.threshold() <= head.highest());
    json.put("false_accepts", json(row.falseAccepts()));
    json.put("true_accepts", json(row.trueAccepts()));
    json.put("wrong_label", json(row.wrong()));
    json.put("rank_one", json(row.rankOne()));
    json.put("strangers", json(row.strangers()));
    json.put("genuine", json(row.genuine()));
    return json;
  }

  private static Map<String, Object> json(Rate rate) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("share", rate.share());
    json.put("interval", List.of(rate.interval().low(), rate.interval().high()));
    json.put("questions", rate.questions());
    return json;
  }

  private static Map<String, Object> json(Shares shares) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("known", shares.known());
    json.put("unsure", shares.unsure());
    json.put("unknown", shares.unknown());
    return json;
  }

  private static Map<String, Object> json(Reliability reliability) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("labels", reliability.labels());
    json.put("expected_calibration_error", reliability.error());
    List<Map<String, Object>> bins = new ArrayList<>();
    for (Reliability.Bin bin : reliability.bins()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("share", bin.share());
      one.put("claimed", bin.claimed());
      one.put("right", bin.right());
      bins.add(one);
    }
    json.put("bins", bins);
    return json;
  }

  /** Tables. */
  static List<String> lines(OpenSetReport report, Head scores) {
    List<String> lines = new ArrayList<>();
    Table head = new Table(Align.LEFT, Align.LEFT);
    head.row("protocol", report.protocol() + ", one example a label")
        .row("answered by", report.model())
        .row("data", report.data() + (report.synthetic() ? "  (SYNTHETIC)" : ""))
        .row("galleries", report.draws() + " of each size, seed " + report.seed());
    lines.addAll(head.lines());
    lines.add("");
    lines.addAll(rates(report, scores));
    lines.add("");
    lines.addAll(said(report));
    lines.add("Accepts reach the threshold; what is known is more likely right than not, too.");
    lines.add("");
    lines.addAll(reliability(report.reliabilities()));
    return lines;
  }

  private static List<String> rates(OpenSetReport report, Head head) {
    Align right = Align.RIGHT;
    Table table = new Table(right, right, right, right, right, right, right, right, right);
    table.row(
        "labels",
        "asked",
        "threshold",
        "false accepts",
        "95 %",
        "true accepts",
        "95 %",
        "wrong label",
        "rank 1");
    table.row();
    for (Row row : report.rows()) {
      table.row(
          Integer.toString(row.labels()),
          share(row.allowed()),
          row.threshold() > head.highest()
              ? CalibrationText.NONE
              : String.format(Locale.ROOT, "%.3f", row.threshold()),
          small(row.falseAccepts().share()),
          range(row.falseAccepts().interval(), "%.2f – %.2f"),
          ScoreText.percent(row.trueAccepts().share()),
          range(row.trueAccepts().interval(), "%.1f – %.1f"),
          ScoreText.percent(row.wrong().share()),
          ScoreText.percent(row.rankOne().share()));
    }
    return table.lines();
  }

  private static List<String> said(OpenSetReport report) {
    Align right = Align.RIGHT;
    Table table = new Table(right, right, right, right, right, right, right, right);
    table.row(
        "labels",
        "asked",
        "strangers known",
        "unsure",
        "unknown",
        "others known",
        "unsure",
        "unknown");
    table.row();
    for (Row row : report.rows()) {
      table.row(
          Integer.toString(row.labels()),
          share(row.allowed()),
          small(row.strangers().known()),
          ScoreText.percent(row.strangers().unsure()),
          ScoreText.percent(row.strangers().unknown()),
          ScoreText.percent(row.genuine().known()),
          ScoreText.percent(row.genuine().unsure()),
          ScoreText.percent(row.genuine().unknown()));
    }
    return table.lines();
  }

  /** Claimed and true probabilities side by side. */
  static List<String> reliability(List<Reliability> reliabilities) {
    Align right = Align.RIGHT;
    Table table = new Table(right, right, right, right);
    table.row("labels", "claimed", "right", "of answers");
    for (Reliability each : reliabilities) {
      table.row();
      for (Reliability.Bin bin : each.bins()) {
        table.row(
            Integer.toString(each.labels()),
            ScoreText.percent(bin.claimed()),
            ScoreText.percent(bin.right()),
            ScoreText.percent(bin.share()));
      }
      table.row("", "error", ScoreText.percent(each.error()), "");
    }
    return table.lines();
  }

  /** A share as a percentage that shows thousandths. */
  static String small(double share) {
    return String.format(Locale.ROOT, "%.3f %%", 100 * share);
  }

  /** A share as it was asked for: {@code 0.1 %}. */
  static String share(double share) {
    return new java.math.BigDecimal(Double.toString(share))
            .movePointRight(2)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  private static String range(Interval interval, String format) {
    return String.format(Locale.ROOT, format, 100 * interval.low(), 100 * interval.high());
  }
}
