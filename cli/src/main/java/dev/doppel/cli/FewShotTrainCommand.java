package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.data.folder.ImageFolder;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.OptionException;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Matcher;
import dev.doppel.fewshot.FewShotMatcher;
import dev.doppel.image.Image;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Twin;
import dev.doppel.onnx.OpenModel;
import dev.doppel.option.Settings;
import dev.doppel.torch.FewShotFile;
import dev.doppel.torch.HeadPlan;
import dev.doppel.torch.HeadTraining;
import dev.doppel.torch.MamlPlan;
import dev.doppel.torch.MamlTraining;
import dev.doppel.torch.TaskLearner;
import dev.doppel.torch.TrainedHead;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doppel fewshot train}: learns, task by task, to decide between classes. */
@Command(
    name = "train",
    sortOptions = false,
    description = "Learn a relation or graph head over a model's embeddings, or a start by MAML.",
    footer = {
      "",
      "Examples:",
      "  doppel fewshot train relation --model omniglot --out relation.fewshot",
      "  doppel fewshot train graph --set scope=across --set ways=5 --set shots=5",
      "  doppel fewshot train maml --set firstOrder=true --set updates=5000"
    })
final class FewShotTrainCommand implements Callable<Integer> {

  /** Images between two looks at the clock. */
  private static final int STEP = 256;

  /** Share of the old in the loss that is shown. */
  private static final double SMOOTHING = 0.98;

  private final Doppel doppel;

  @Parameters(
      paramLabel = "METHOD",
      description = {
        "relation  a network that compares a class with a query",
        "graph     a graph network over examples and query",
        "maml      an encoder's start, from which a few steps lead to a task; needs no model"
      })
  private String method = "";

  @Option(
      names = "--model",
      paramLabel = "FILE|NAME",
      description = "relation, graph: whose embeddings are compared (default omniglot).")
  private @Nullable String model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "What to write (default METHOD.fewshot).")
  private @Nullable Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "Change a setting; may be repeated. All: ways, shots, queries, scope=within|across,",
        "tasks, updates, rate, seed; relation, graph: hidden, decay; graph: steps;",
        "maml: firstOrder, innerRate, innerSteps, testSteps, side, filters, rotations."
      })
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private DataOptions data = new DataOptions();

  FewShotTrainCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    if (!FewShotFile.METHODS.contains(method)) {
      throw OptionException.unknown("method", method, FewShotFile.METHODS);
    }
    Path file = out == null ? Path.of(method + ".fewshot") : out;
    ModelPlace.check("What is learned", file);
    return method.equals(FewShotFile.MAML) ? maml(file) : head(file);
  }

  private int maml(Path file) {
    if (model != null) {
      throw new OptionException(
          "maml with --model " + model,
          "It learns an encoder of its own",
          "Leave --model out, or take relation or graph");
    }
    MamlPlan plan = plan(MamlPlan.defaults());
    Learned learned = learned(plan.side());
    try (Progress progress = Progress.prompt(doppel.console(), "learning");
        TaskLearner learner =
            new MamlTraining(plan, learned.images).run(shown(progress, plan.updates()))) {
      progress.close();
      FewShotFile.of(learner, learned.images.name(), learned.images.synthetic()).write(file);
      return tell(file, learned, learner);
    }
  }

  private int head(Path file) {
    HeadPlan plan = plan(HeadPlan.of(method));
    if (!plan.head().equals(method)) {
      throw new OptionException(
          method + " with --set head=" + plan.head(), "It is one of them", "Leave --set head out");
    }
    int processors = Runtime.getRuntime().availableProcessors();
    try (OpenModel open = ModelOption.open(model == null ? "omniglot" : model, processors)) {
      Twin twin = open.twin();
      Learned learned = learned(twin.encoder().preprocess().width());
      Embeddings rows = embedded(twin, learned.images);
      try (Progress progress = Progress.prompt(doppel.console(), "learning");
          TrainedHead head =
              new HeadTraining(plan, learned.images, rows).run(shown(progress, plan.updates()))) {
        progress.close();
        FewShotFile.of(head, twin.fingerprint(), learned.images.name(), learned.images.synthetic())
            .write(file);
        return tell(file, learned, new FewShotMatcher(twin.name(), twin.encoder(), head));
      }
    }
  }

  private <P extends Record> P plan(P defaults) {
    P plan = defaults;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      plan = Settings.with(plan, setting.getKey(), setting.getValue());
    }
    return plan;
  }

  /**
   * @param images to learn from
   * @param validation what to measure by at the end, if it is Omniglot
   */
  private record Learned(Dataset images, @Nullable Koch400 validation) {}

  private Learned learned(int side) {
    Path folder = data.classFolder();
    if (folder != null) {
      return new Learned(ImageFolder.read(folder, side, false).data(), null);
    }
    Omniglot omniglot = data.read(doppel.console());
    return new Learned(
        omniglot.background(), Koch400.standard(omniglot.validationAlphabets(), 1, 1));
  }

  private Embeddings embedded(Twin twin, Dataset data) {
    List<Image> images = data.samples().map(Sample::image).toList();
    int dim = twin.encoder().dim();
    float[] values = new float[Math.multiplyExact(images.size(), dim)];
    try (Progress progress = Progress.patient(doppel.console(), "embedding")) {
      for (int from = 0; from < images.size(); from += STEP) {
        List<Image> some = images.subList(from, Math.min(images.size(), from + STEP));
        float[] rows = twin.encoder().embed(some).values();
        System.arraycopy(rows, 0, values, from * dim, rows.length);
        progress.count(from + some.size(), images.size(), "images");
      }
    }
    return new Embeddings(dim, values);
  }

  private static ObjDoubleConsumer<Integer> shown(Progress progress, int updates) {
    double[] smooth = {Double.NaN};
    return (update, loss) -> {
      smooth[0] = Double.isNaN(smooth[0]) ? loss : SMOOTHING * smooth[0] + (1 - SMOOTHING) * loss;
      if (progress.isDue()) {
        progress.show(
            (double) update / updates,
            String.format(
                Locale.ROOT, "%,d of %,d updates  loss %.3f", update, updates, smooth[0]));
      }
    };
  }

  private int tell(Path file, Learned learned, Matcher matcher) {
    Evaluation validation = learned.validation == null ? null : learned.validation.run(matcher);
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "fewshot train");
      document.put("file", file.toString());
      document.put("scores", validation == null ? List.of() : List.of(ScoreText.json(validation)));
      doppel.console().json(document);
      return ExitCode.DONE;
    }
    Table table = new Table(Table.Align.LEFT, Table.Align.LEFT).row("file", file.toString());
    if (validation != null) {
      table.row(
          "validation",
          ScoreText.percent(validation.score().accuracy())
              + "   95 % interval "
              + ScoreText.range(validation.score().interval()));
    }
    table.lines().forEach(doppel.console()::print);
    doppel.console().say("");
    doppel.console().say("Measure it: doppel fewshot evaluate " + file + " --protocol episodes");
    return ExitCode.DONE;
  }
}
