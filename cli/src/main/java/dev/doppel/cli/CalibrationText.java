package dev.doppel.cli;

import dev.doppel.cli.Table.Align;
import dev.doppel.eval.PairScores;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A calibration as programs and people read it.
 *
 * @param model its name
 * @param head what scores, and so bounds them
 * @param images what was compared
 * @param pairs the scores of all their pairs
 * @param calibration what came of them
 * @param written where it stands now
 */
record CalibrationText(
    String model,
    Head head,
    CalibrationImages images,
    PairScores pairs,
    Calibration calibration,
    Path written) {

  private static final List<CalibrationTarget> TARGETS =
      List.of(
          CalibrationTarget.EER,
          CalibrationTarget.ACCURACY,
          CalibrationTarget.of("far=0.01"),
          CalibrationTarget.of("far=0.001"));

  private static final List<Integer> GALLERIES = List.of(1, 20, 100, 600, 10_000);
  private static final List<Double> SHARES = List.of(0.01, 0.001);

  /** In place of a threshold above all scores there are. */
  static final String NONE = "no score is enough";

  /** The members of the JSON document. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("file", written.toString());
    json.put("data", images.data().name());
    json.put("synthetic", images.data().synthetic());
    json.put("classes", pairs.classes());
    json.put("images", images.count());
    json.put("same_pairs", pairs.same().length);
    json.put("different_pairs", pairs.different().length);
    json.put("threshold", calibration.threshold());
    json.put("source", calibration.source());
    json.put("supported_down_to", pairs.support());
    List<Map<String, Object>> targets = new ArrayList<>();
    for (CalibrationTarget target : TARGETS) {
      if (target.supported(pairs)) {
        double threshold = target.threshold(pairs, calibration);
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("target", target.text());
        one.put("threshold", threshold);
        one.put("reachable", threshold <= head.highest());
        one.put("false_accepts", pairs.far(threshold));
        one.put("true_accepts", pairs.tar(threshold));
        targets.add(one);
      }
    }
    json.put("thresholds", targets);
    List<Map<String, Object>> galleries = new ArrayList<>();
    for (int labels : GALLERIES) {
      for (double share : SHARES) {
        double threshold = calibration.threshold(share, labels);
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("labels", labels);
        one.put("false_accepts", share);
        one.put("threshold", threshold);
        one.put("reachable", threshold <= head.highest());
        one.put("true_accepts", pairs.tar(threshold));
        one.put("continued", continued(threshold));
        galleries.add(one);
      }
    }
    json.put("galleries", galleries);
    return json;
  }

  private String score(double threshold) {
    return threshold > head.highest() ? NONE : String.format(Locale.ROOT, "%.4f", threshold);
  }

  /** Whether a threshold lies beyond what enough pairs speak of. */
  private boolean continued(double threshold) {
    return calibration.strangers().share(threshold)
        < calibration.strangers().measuredDownTo() * (1 - 1e-9);
  }

  /** Tables. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Table head = new Table(Align.LEFT, Align.LEFT);
    head.row("model", model)
        .row(
            "calibrated on",
            images.data().name() + (images.data().synthetic() ? "  (SYNTHETIC)" : ""))
        .row(
            "compared",
            String.format(
                Locale.ROOT,
                "%,d images of %,d classes: %,d same and %,d different pairs",
                images.count(),
                pairs.classes(),
                pairs.same().length,
                pairs.different().length))
        .row("threshold", score(calibration.threshold()))
        .row("written to", written.toString());
    lines.addAll(head.lines());
    lines.add("");
    lines.addAll(two());
    lines.add("");
    lines.addAll(galleries());
    return lines;
  }

  private List<String> two() {
    Table table = new Table(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    table.row("two images", "threshold", "false accepts", "true accepts");
    table.row();
    for (CalibrationTarget target : TARGETS) {
      if (target.supported(pairs)) {
        double threshold = target.threshold(pairs, calibration);
        table.row(
            target.text(),
            score(threshold),
            OpenSetText.small(pairs.far(threshold)),
            ScoreText.percent(pairs.tar(threshold)));
      } else {
        table.row(target.text(), "–", "too few pairs", "–");
      }
    }
    return table.lines();
  }

  private List<String> galleries() {
    Table table = new Table(Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT);
    table.row("labels", "strangers let in", "threshold", "true accepts", "");
    table.row();
    boolean any = false;
    for (int labels : GALLERIES) {
      for (double share : SHARES) {
        double threshold = calibration.threshold(share, labels);
        boolean continued = continued(threshold);
        any |= continued;
        table.row(
            String.format(Locale.ROOT, "%,d", labels),
            OpenSetText.share(share),
            score(threshold),
            ScoreText.percent(pairs.tar(threshold)),
            continued ? "*" : "");
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("  True accepts: of pairs that are the same, one example a label.");
    if (any) {
      lines.add(
          "  * The curve goes on beyond what these %,d classes show.".formatted(pairs.classes()));
    }
    return lines;
  }
}
