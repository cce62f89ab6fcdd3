package dev.doppel.onnx;

import dev.doppel.model.Calibration;
import dev.doppel.model.Evidence;
import dev.doppel.model.StrangerCurve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A calibration as a JSON text; the three numbers of format 1 are read as well. */
final class CalibrationJson {

  private CalibrationJson() {}

  static String write(Calibration calibration) {
    return Json.write(object(calibration));
  }

  /** The members of the JSON object. */
  static Map<String, Object> object(Calibration calibration) {
    List<Evidence.Point> evidence = calibration.evidence().points();
    StrangerCurve strangers = calibration.strangers();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("scores", evidence.stream().map(Evidence.Point::score).toList());
    line.put("logs", evidence.stream().map(Evidence.Point::log).toList());
    Map<String, Object> curve = new LinkedHashMap<>();
    curve.put("scores", strangers.points().stream().map(StrangerCurve.Point::score).toList());
    curve.put("shares", strangers.points().stream().map(StrangerCurve.Point::share).toList());
    curve.put("fall", strangers.fall());
    curve.put("evenness", strangers.evenness());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("threshold", calibration.threshold());
    fields.put("evidence", line);
    fields.put("strangers", curve);
    fields.put("source", calibration.source());
    return fields;
  }

  /**
   * The inverse of {@link #write}.
   *
   * @throws IOException if fields are missing, too many or of another kind
   * @throws IllegalArgumentException if the numbers make no sense
   */
  static Calibration read(String json) throws IOException {
    return read(Fields.of(json));
  }

  static Calibration read(Fields fields) throws IOException {
    if (fields.values().containsKey("slope")) {
      fields.demand(Set.of("threshold", "slope", "offset"));
      return new Calibration(
          fields.number("threshold"), fields.number("slope"), fields.number("offset"));
    }
    fields.demand(Set.of("threshold", "evidence", "strangers", "source"));
    Fields line = fields.object("evidence");
    line.demand(Set.of("scores", "logs"));
    Fields curve = fields.object("strangers");
    curve.demand(Set.of("scores", "shares", "fall", "evenness"));
    List<Evidence.Point> evidence = new ArrayList<>();
    List<Double> logs = line.numbers("logs");
    for (double score : equallyLong(line.numbers("scores"), logs)) {
      evidence.add(new Evidence.Point(score, logs.get(evidence.size())));
    }
    List<StrangerCurve.Point> strangers = new ArrayList<>();
    List<Double> shares = curve.numbers("shares");
    for (double score : equallyLong(curve.numbers("scores"), shares)) {
      strangers.add(new StrangerCurve.Point(score, shares.get(strangers.size())));
    }
    return new Calibration(
        fields.number("threshold"),
        new Evidence(evidence),
        new StrangerCurve(strangers, curve.number("fall"), curve.number("evenness")),
        fields.text("source"));
  }

  private static List<Double> equallyLong(List<Double> scores, List<Double> others)
      throws IOException {
    if (scores.size() != others.size()) {
      throw new IOException(scores.size() + " scores for " + others.size() + " numbers");
    }
    return scores;
  }
}
