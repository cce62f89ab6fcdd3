package dev.doppel.cli;

import dev.doppel.cli.Table.Align;
import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.Sample;
import dev.doppel.episode.EpisodeShape.Scope;
import dev.doppel.error.DataException;
import dev.doppel.eval.OpenSet;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.Reliability;
import dev.doppel.image.Image;
import dev.doppel.model.Calibration;
import dev.doppel.model.Twin;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * How a calibration holds up where it was not made: fitted on half of the alphabets (or classes),
 * it is asked about the others, for several ways to halve them, both ways round.
 *
 * @param model its name
 * @param data what was halved
 * @param reports one of each half
 */
record HalvesCheck(String model, Dataset data, List<OpenSetReport> reports) {

  private static final int SPLITS = 5;
  private static final int DRAWS = 20;
  private static final int FEW = 6;
  private static final int LEAST = 50;
  private static final List<Integer> GALLERIES = List.of(20, 100);
  private static final List<Double> SHARES = List.of(0.01, 0.001);

  HalvesCheck {
    reports = List.copyOf(reports);
  }

  static HalvesCheck of(Twin twin, Dataset data, Console console) {
    List<Group> groups = parts(data);
    if (data.classes().size() < LEAST) {
      throw new DataException(
          "%s has %d classes".formatted(data.name(), data.classes().size()),
          "Halves of at least %d classes each are asked about galleries of %d"
              .formatted(LEAST / 2, GALLERIES.get(0)),
          "Check on data with more classes");
    }
    List<Image> images = data.samples().map(Sample::image).toList();
    SeenImages seen = SeenImages.of(twin, images, console);
    List<OpenSetReport> reports = new ArrayList<>();
    try (Progress progress = Progress.patient(console, "checking")) {
      for (int split = 0; split < SPLITS; split++) {
        int[] order = Seed.of(1).at("halves").at(split).draws().permutation(groups.size());
        for (boolean turned : new boolean[] {false, true}) {
          Dataset fitted = half(data, groups, order, turned);
          Dataset asked = half(data, groups, order, !turned);
          progress.count(reports.size(), 2L * SPLITS, "halves");
          reports.add(ask(seen, fitted, asked, console));
        }
      }
    }
    return new HalvesCheck(twin.name(), data, reports);
  }

  /** Groups stay whole, if there are enough of them to halve in several ways; else classes do. */
  private static List<Group> parts(Dataset data) {
    return data.groups().size() >= FEW
        ? data.groups()
        : data.classes().stream().map(each -> new Group(each.name(), List.of(each))).toList();
  }

  private static Dataset half(Dataset data, List<Group> parts, int[] order, boolean second) {
    int middle = order.length / 2;
    List<Group> groups =
        Arrays.stream(order)
            .skip(second ? middle : 0)
            .limit(second ? order.length - middle : middle)
            .mapToObj(parts::get)
            .toList();
    return new Dataset("half of " + data.name(), data.synthetic(), groups);
  }

  private static OpenSetReport ask(
      SeenImages seen, Dataset fitted, Dataset asked, Console console) {
    Calibration calibration = CalibrationImages.of(seen, fitted).fit(console);
    return new OpenSet(
            asked,
            new Dataset("nothing", asked.synthetic(), List.of()),
            GALLERIES.stream().filter(labels -> labels < asked.classes().size()).toList(),
            SHARES,
            Scope.ACROSS,
            DRAWS,
            1)
        .run(seen, new OpenAnswers(calibration));
  }

  /** Means over the halves. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("data", data.name());
    json.put("synthetic", data.synthetic());
    json.put("halves", reports.size());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Mean mean : means()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("labels", mean.labels);
      one.put("allowed", mean.allowed);
      one.put("false_accepts", mean.falseAccepts);
      one.put("most_false_accepts", mean.most);
      one.put("true_accepts", mean.trueAccepts);
      one.put("expected_calibration_error", pooled(mean.labels).error());
      rows.add(one);
    }
    json.put("rows", rows);
    return json;
  }

  /** Tables. */
  List<String> lines() {
    Table head = new Table(Align.LEFT, Align.LEFT);
    head.row("model", model)
        .row("halved", data.name() + (data.synthetic() ? "  (SYNTHETIC)" : ""))
        .row("asked", reports.size() + " halves, each by the calibration of the other");
    List<String> lines = new ArrayList<>(head.lines());
    lines.add("");
    Align right = Align.RIGHT;
    Table table = new Table(right, right, right, right, right);
    table.row("labels", "asked", "false accepts", "at most", "true accepts");
    table.row();
    for (Mean mean : means()) {
      table.row(
          String.format(Locale.ROOT, "%d", mean.labels),
          OpenSetText.share(mean.allowed),
          OpenSetText.small(mean.falseAccepts),
          OpenSetText.small(mean.most),
          ScoreText.percent(mean.trueAccepts));
    }
    lines.addAll(table.lines());
    lines.add("");
    List<Reliability> reliabilities = new ArrayList<>();
    for (int labels : new TreeSet<>(means().stream().map(Mean::labels).toList())) {
      reliabilities.add(pooled(labels));
    }
    lines.addAll(OpenSetText.reliability(reliabilities));
    return lines;
  }

  /** One gallery size at one rate, over all halves. */
  private record Mean(
      int labels, double allowed, double falseAccepts, double most, double trueAccepts) {}

  private List<Mean> means() {
    List<Mean> means = new ArrayList<>();
    for (int labels : GALLERIES) {
      for (double allowed : SHARES) {
        List<OpenSetReport.Row> rows =
            reports.stream()
                .flatMap(report -> report.rows().stream())
                .filter(row -> row.labels() == labels && row.allowed() == allowed)
                .toList();
        if (!rows.isEmpty()) {
          means.add(
              new Mean(
                  labels,
                  allowed,
                  rows.stream().mapToDouble(r -> r.falseAccepts().share()).average().orElseThrow(),
                  rows.stream().mapToDouble(r -> r.falseAccepts().share()).max().orElseThrow(),
                  rows.stream().mapToDouble(r -> r.trueAccepts().share()).average().orElseThrow()));
        }
      }
    }
    return means;
  }

  private Reliability pooled(int labels) {
    return Reliability.pooled(
        reports.stream()
            .flatMap(report -> report.reliabilities().stream())
            .filter(each -> each.labels() == labels)
            .toList());
  }
}
