package dev.doppel.cli;

import dev.doppel.baseline.Baselines;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.GalleryList;
import dev.doppel.eval.Matcher;
import dev.doppel.eval.OpenSet;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.Protocol;
import dev.doppel.eval.Questions;
import dev.doppel.fewshot.FewShotMethod;
import dev.doppel.image.Preprocess;
import dev.doppel.model.JoinedEncoder;
import dev.doppel.model.Provenance;
import dev.doppel.model.Twin;
import dev.doppel.model.Views;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doppel evaluate}: asks a model, or a baseline, the questions of a protocol. */
@Command(
    name = "evaluate",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  doppel evaluate model.onnx --protocol lake20",
      "  doppel evaluate omniglot --views 9 --rerank deformable --protocol lake20",
      "  doppel evaluate --matcher modified-hausdorff --protocol koch400 --draws 50",
      "  doppel evaluate model.onnx --data my-images --protocol episodes --ways 5",
      "  doppel evaluate model.onnx --method prototypical --protocol episodes --shots 5",
      "  doppel evaluate omniglot --protocol vinyals",
      "  doppel evaluate omniglot --protocol robustness --distort rotation:10,20,30",
      "  doppel evaluate omniglot --protocol transfer --trials 20000",
      "  doppel evaluate model.onnx --protocol open-set --gallery 100 --false-accepts 0.01"
    })
final class EvaluateCommand implements Callable<Integer> {

  /** Baselines compare pixels at the images' own size, up to twice this. */
  private static final int BASELINE_SIDE = 64;

  private final Doppel doppel;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = {
        "The model file, such as model.onnx, or the name of a shipped model;",
        "several, separated by commas, answer as one."
      })
  private @Nullable String model;

  @Option(
      names = "--matcher",
      paramLabel = "NAME",
      description = {
        "In place of a model, a baseline that learns nothing:",
        "pixel-cosine, pixel-centred-blurred, modified-hausdorff, deformable"
      })
  private @Nullable String matcher;

  @Option(
      names = "--views",
      paramLabel = "N",
      description =
          "Average so many views of each image, turned and sheared: 1 (default), 5, 9, 13.")
  private String views = Views.PLAIN.name();

  @Option(
      names = "--rerank",
      paramLabel = "NAME[:K=V,…]",
      description =
          "Let a matcher that learns nothing look at the closest answers again; what helps"
              + " on the validation alphabets is deformable."
              + " Settings: top, weight, lead.")
  private @Nullable String rerank;

  @Mixin private MethodOptions methods = new MethodOptions();
  @Mixin private ProtocolOptions protocols = new ProtocolOptions();
  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--trials-file",
      paramLabel = "OUT",
      description = "Write the questions and right answers to this file (CSV).")
  private @Nullable Path trialsFile;

  private @Nullable Reranking again;

  EvaluateCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    protocols.check();
    again = rerank == null ? null : Reranking.of(rerank);
    FewShotMethod method = methods.method(protocols, model != null && matcher == null);
    if (model != null && matcher == null) {
      try (OpenModels open = OpenModels.open(model, Views.named(views))) {
        Preprocess planes = open.twin().encoder().preprocess();
        int side = Math.max(planes.width(), planes.height());
        if (protocols.openSet()) {
          return letIn(open.twin(), side);
        }
        return measure(
            MethodOptions.answering(WatchedEncoder.of(open.twin(), doppel.console()), method),
            side,
            open.twin().provenance());
      }
    }
    if (matcher != null && rerank != null) {
      throw new OptionException(
          "--rerank with the matcher " + matcher,
          "A model's closest answers are looked at again",
          "Name a model in place of --matcher");
    }
    if (matcher != null && !views.equals(Views.PLAIN.name())) {
      throw new OptionException(
          "Several views with the matcher " + matcher,
          "Views are embedded, and baselines embed nothing",
          "Name a model in place of --matcher");
    }
    if (matcher != null && protocols.openSet()) {
      throw new OptionException(
          "The open-set protocol with the matcher " + matcher,
          "Its thresholds are set before, by a model's calibration",
          "Name a model file instead");
    }
    if (matcher != null && model == null) {
      return measure(Baselines.named(matcher), BASELINE_SIDE, null);
    }
    throw new OptionException(
        model == null ? "Neither a model nor a matcher" : "Both a model and a matcher",
        "One of them is measured",
        "Name a model file, or one of --matcher " + String.join(", ", Baselines.names()));
  }

  private int letIn(Twin twin, int side) {
    if (rerank != null) {
      throw new OptionException(
          "--rerank with the open-set protocol",
          "Its thresholds are set before, by the calibration of a model alone",
          "Leave it out, or take another protocol");
    }
    if (twin.encoder() instanceof JoinedEncoder) {
      throw new OptionException(
          "The open-set protocol with " + twin.name(),
          "Its thresholds are set before, by the calibration of one model that sees one view",
          "Name one model and leave --views out, or take another protocol");
    }
    if (!twin.calibration().fitted()) {
      throw new ModelException(
          twin.name() + " was never calibrated",
          "The open-set protocol asks about thresholds that were set before",
          "Run doppel calibrate on it, with images that it did not learn from");
    }
    Path folder = data.classFolder();
    OpenSet protocol =
        folder == null
            ? protocols.openSet(data.readForProtocols(doppel.console()))
            : protocols.openSet(OwnImages.read(folder, side, twin.provenance(), doppel.console()));
    GalleryList questions = protocol.questions();
    write(questions);
    SeenImages seen = SeenImages.of(twin, questions.images(), doppel.console());
    OpenSetReport report = protocol.run(seen, new OpenAnswers(twin.calibration()));
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "evaluate");
      document.putAll(OpenSetText.json(report, twin.head()));
      doppel.console().json(document);
    } else {
      OpenSetText.lines(report, twin.head()).forEach(doppel.console()::print);
    }
    return ExitCode.DONE;
  }

  private void write(Questions questions) {
    if (trialsFile != null) {
      questions.write(trialsFile);
      doppel.console().say("Wrote the questions to " + trialsFile);
    }
  }

  /**
   * @param side pixels that the matcher looks at, to keep images no larger than twice that
   * @param origin where a model comes from; null for a baseline, which learned nothing
   */
  private int measure(Matcher answering, int side, @Nullable Provenance origin) {
    Console console = doppel.console();
    List<Protocol> series =
        protocols.series(
            data, folder -> OwnImages.read(folder, side, origin, console), origin != null, console);
    if (trialsFile != null && series.size() > 1) {
      throw new OptionException(
          "--trials-file with the protocol " + protocols.name(),
          "The file takes the questions of one protocol, and this is a series of " + series.size(),
          "Leave it out, or ask for one of them by --protocol episodes or koch400");
    }
    List<Evaluation> evaluations = new ArrayList<>();
    for (Protocol protocol : series) {
      if (trialsFile != null) {
        write(protocol.questions());
      }
      evaluations.add(answer(protocol, answering, origin == null));
    }
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "evaluate");
      document.put("scores", evaluations.stream().map(ScoreText::json).toList());
      console.json(document);
    } else {
      ScoreText.lines(evaluations).forEach(console::print);
    }
    return ExitCode.DONE;
  }

  /** Says how far it is where pairs are compared that take their time. */
  private Evaluation answer(Protocol protocol, Matcher answering, boolean baseline) {
    Reranking second = again;
    if (!baseline && second == null) {
      return protocol.run(answering);
    }
    try (Progress progress = Progress.patient(doppel.console(), "comparing")) {
      return protocol.run(
          second == null
              ? new CountedMatcher(answering, progress)
              : second.over(answering, progress));
    }
  }
}
