package dev.doppel.cli;

import dev.doppel.baseline.Baselines;
import dev.doppel.cli.results.Course;
import dev.doppel.cli.results.Figure;
import dev.doppel.cli.results.Row;
import dev.doppel.cli.results.Row.Answering;
import dev.doppel.data.idx.IdxPart;
import dev.doppel.data.idx.IdxSource;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Interval;
import dev.doppel.eval.Matcher;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.Protocol;
import dev.doppel.eval.Protocols;
import dev.doppel.eval.Score;
import dev.doppel.model.Twin;
import dev.doppel.model.Views;
import dev.doppel.onnx.ShippedModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures rows of the results table from what is shipped. Each model is opened once, and embeds
 * each image once for all its rows.
 */
final class Remeasuring implements AutoCloseable {

  /** The share of strangers that open-set rows allow. */
  private static final double ALLOWED = 0.01;

  private final Omniglot omniglot;
  private final @Nullable TrainedModels trained;
  private final Console console;
  private final Map<Answering, OpenModels> models = new LinkedHashMap<>();
  private final Map<Answering, SeenImages> seen = new HashMap<>();
  private final Map<Answering, OpenSetReport> reports = new HashMap<>();
  private final Map<String, Evaluation> evaluations = new HashMap<>();
  private final Map<String, Course> courses = new HashMap<>();
  private boolean stopped;

  /**
   * Measures by questions about these images.
   *
   * @param trained where models are that are not shipped; null for nowhere
   */
  Remeasuring(Omniglot omniglot, @Nullable TrainedModels trained, Console console) {
    this.omniglot = omniglot;
    this.trained = trained;
    this.console = console;
  }

  /** Whether all models that answer a row are shipped. */
  static boolean isShipped(Answering by) {
    return by.baseline()
        || Arrays.stream(by.name().split(",", -1)).allMatch(ShippedModel.names()::contains);
  }

  /** Whether the images a row asks about are on this machine, beside Omniglot's. */
  static boolean isThere(Row row) {
    return !(row.origin() instanceof Row.Asked asked)
        || !asked.protocol().equals(Protocols.TRANSFER)
        || IdxSource.here(null).has(IdxPart.TEST);
  }

  /**
   * The row's figure of now; null if its model is neither shipped nor trained here, its images are
   * not here, or training was stopped.
   */
  @Nullable Figure figure(Row row) {
    if (row.origin() instanceof Row.Asked asked && isShipped(asked.by()) && isThere(row)) {
      return figure(row.id(), asked);
    }
    if (row.origin() instanceof Row.LetIn letIn && isShipped(letIn.by())) {
      return figure(letIn);
    }
    if (row.origin() instanceof Row.Trained origin && trained != null) {
      return figure(origin, trained);
    }
    return null;
  }

  /** The mean over seeds, with the interval of that mean; of one seed alone, of its questions. */
  private @Nullable Figure figure(Row.Trained row, TrainedModels trained) {
    int seeds = row.recipe().seeds();
    double[] accuracies = new double[seeds];
    Interval interval = new Interval(0, 1);
    int trials = 0;
    double seconds = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      PlannedModel model = trained.model(row.recipe(), seed);
      if (!model.make(TrainingData.of(omniglot, model.plan()), List.of(), console)) {
        stopped = true;
        return null;
      }
      Score score =
          Protocols.named(row.protocol(), omniglot, row.settings())
              .run(images(new Answering(model.file().toString(), "1")))
              .score();
      accuracies[seed - 1] = score.accuracy();
      interval = score.interval();
      trials += score.trials();
      seconds += model.seconds();
      if (seeds == 1) {
        model.course().ifPresent(course -> courses.put(row.recipe().name(), course));
      }
    }
    return new Figure(
        Arrays.stream(accuracies).average().orElseThrow(),
        seeds == 1 ? interval : Interval.ofMean(accuracies).within(0, 1),
        trials,
        seeds == 1 ? "1" : "1 to " + seeds,
        seconds / seeds,
        0);
  }

  private Figure figure(String id, Row.Asked asked) {
    long begin = System.nanoTime();
    Answering by = asked.by();
    Matcher matcher = by.baseline() ? Baselines.named(by.name()) : images(by.once());
    Evaluation evaluation = evaluate(protocol(asked), matcher, by);
    evaluations.put(id, evaluation);
    double seconds = (System.nanoTime() - begin) / 1e9;
    Score score = evaluation.score();
    return new Figure(
        score.accuracy(),
        score.interval(),
        score.trials(),
        score.seed() == 0 ? "fixed" : Long.toString(score.seed()),
        seconds,
        millis(matcher, by, seconds / score.trials()));
  }

  /** Of an image: to embed it, to compare it with all it is asked about, or both. */
  private static double millis(Matcher matcher, Answering by, double secondsOfQuestion) {
    double embed = matcher instanceof SeenImages images ? images.millis() : 0;
    boolean compares = by.baseline() || !by.rerank().isEmpty();
    return embed + (compares ? 1e3 * secondsOfQuestion : 0);
  }

  private Protocol protocol(Row.Asked asked) {
    return asked.protocol().equals(Protocols.TRANSFER)
        ? Protocols.transfer(IdxSource.here(null).read(IdxPart.TEST), asked.settings())
        : Protocols.series(asked.protocol(), omniglot, asked.settings()).get(asked.place());
  }

  /** Says how far it is where pairs are compared that take their time. */
  private Evaluation evaluate(Protocol protocol, Matcher matcher, Answering by) {
    if (!by.baseline() && by.rerank().isEmpty()) {
      return protocol.run(matcher);
    }
    try (Progress progress = Progress.patient(console, "comparing")) {
      return protocol.run(
          by.baseline()
              ? new CountedMatcher(matcher, progress)
              : Reranking.of(by.rerank()).over(matcher, progress));
    }
  }

  private Figure figure(Row.LetIn letIn) {
    long begin = System.nanoTime();
    OpenSetReport report = report(letIn.by());
    OpenSetReport.Row row =
        report.rows().stream()
            .filter(each -> each.labels() == letIn.labels() && each.allowed() == ALLOWED)
            .findFirst()
            .orElseThrow();
    OpenSetReport.Rate rate = letIn.strangers() ? row.falseAccepts() : row.trueAccepts();
    return new Figure(
        rate.share(),
        rate.interval(),
        rate.questions(),
        Long.toString(report.seed()),
        (System.nanoTime() - begin) / 1e9,
        0);
  }

  /** What {@code open-set} finds out of a model. */
  private OpenSetReport report(Answering by) {
    OpenSetReport known = reports.get(by);
    if (known == null) {
      OpenAnswers answers = new OpenAnswers(twin(by).calibration());
      known = Protocols.openSet(omniglot, Map.of()).run(images(by), answers);
      reports.put(by, known);
    }
    return known;
  }

  /** The report that a row took part in making; null if none did. */
  @Nullable OpenSetReport reportOf(Answering by) {
    return reports.get(by);
  }

  /** The evaluation behind a row that was measured; null if it was not. */
  @Nullable Evaluation evaluation(String id) {
    return evaluations.get(id);
  }

  /** Whether a training was stopped, so that no more is to be measured. */
  boolean stopped() {
    return stopped;
  }

  /** How those networks learned, by recipe, that were trained once. */
  Map<String, Course> courses() {
    return Map.copyOf(courses);
  }

  /** A model with the images it has embedded. */
  SeenImages images(Answering by) {
    return seen.computeIfAbsent(by, key -> SeenImages.of(twin(key), console));
  }

  private Twin twin(Answering by) {
    return models
        .computeIfAbsent(by, key -> OpenModels.open(key.name(), Views.named(key.views())))
        .twin();
  }

  @Override
  public void close() {
    models.values().forEach(OpenModels::close);
  }
}
