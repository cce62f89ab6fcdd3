package dev.doppel.cli;

import dev.doppel.data.folder.FolderSplit;
import dev.doppel.data.folder.ImageFolder;
import dev.doppel.error.OptionException;
import dev.doppel.eval.Evaluation;
import dev.doppel.option.Settings;
import dev.doppel.torch.Presets;
import dev.doppel.torch.Trained;
import dev.doppel.torch.TrainingPlan;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel train}: trains a twin and writes its model file. */
@Command(
    name = "train",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  doppel train --budget 8m",
      "  doppel train --preset record --out omniglot.onnx",
      "  doppel train --encoder koch --epochs 200 --out koch.onnx",
      "  doppel train --preset everyday --set batch=256 --seed 7",
      "  doppel train --loss triplet:margin=0.3 --miner distance-weighted --batch 16x4",
      "  doppel train --data my-images --size 64 --colour auto"
    })
final class TrainCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Option(
      names = {"--encoder", "--architecture"},
      paramLabel = "NAME",
      description = "The network; `doppel encoders` lists them (default: residual).")
  private @Nullable String encoder;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      completionCandidates = PresetNames.class,
      description =
          "All settings at once; --encoder alone takes its own. One of ${COMPLETION-CANDIDATES}.")
  private @Nullable String preset;

  @Option(
      names = "--freeze-statistics",
      paramLabel = "SHARE",
      description = {
        "After this share of the run, 0 to 1, batch norms keep their statistics",
        "rather than follow each batch (default: never)."
      })
  private @Nullable Double freezeStatistics;

  @Mixin private LossOptions loss = new LossOptions();
  @Mixin private TrainingOptions options = new TrainingOptions();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private FolderOptions own = new FolderOptions();

  TrainCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    TrainingPlan plan = options.plan(presetName(), loss.choice());
    if (freezeStatistics != null) {
      OptionException.require(
          freezeStatistics >= 0 && freezeStatistics <= 1,
          "--freeze-statistics",
          freezeStatistics,
          "0 to 1");
      plan = Settings.with(plan, "freezeStatistics", freezeStatistics.toString());
    }
    if (encoder != null && !plan.architecture().name().equals(encoder)) {
      throw new OptionException(
          "Preset " + plan.preset() + " with --encoder " + encoder,
          "That preset trains the encoder " + plan.architecture().name(),
          "Leave one of the two out");
    }
    options.check();
    Path folder = data.classFolder();
    own.check(folder != null);
    Console console = doppel.console();
    TrainingData learned;
    if (folder == null) {
      learned = TrainingData.of(data.read(console), plan);
    } else {
      plan = own.sized(plan);
      ImageFolder images = own.read(folder, plan, console);
      plan = own.coloured(plan, images, options.resume());
      FolderSplit split = FolderSplit.of(images, plan.seed());
      FolderOptions.tell(split, console);
      learned = TrainingData.of(images, split, plan);
    }
    plan = loss.fitted(plan, learned.images(), options.sets("batch"), console);
    Training training = new Training(console);
    Trained trained = training.run(plan, learned, options, null, doppel.line());
    if (!trained.complete()) {
      return options.exitCode(trained);
    }
    FinishedModel model =
        FinishedModel.write(
            options.out(), trained, learned, List.of(learned.measure()), doppel.console());
    options.clear();
    tell(trained, model.evaluations().get(0), folder != null);
    return ExitCode.DONE;
  }

  /** For the help. */
  static final class PresetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Presets.names().iterator();
    }
  }

  /** The preset that was named, or the first that trains the encoder. */
  private String presetName() {
    if (preset != null) {
      return preset;
    }
    if (encoder == null) {
      return data.classFolder() == null ? Presets.names().get(0) : "images";
    }
    return Presets.ofEncoder(encoder).preset();
  }

  private void tell(Trained trained, Evaluation validation, boolean own) {
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "train");
      document.put("model", options.out().toString());
      document.put("training", CourseText.json(trained.history()));
      document.put("scores", List.of(ScoreText.json(validation)));
      doppel.console().json(document);
      return;
    }
    Table table = new Table(Table.Align.LEFT, Table.Align.LEFT);
    table
        .row("model", options.out().toString())
        .row("trained", CourseText.words(trained.history()))
        .row(
            "validation",
            ScoreText.percent(validation.score().accuracy())
                + "   95 % interval "
                + ScoreText.range(validation.score().interval()));
    table.lines().forEach(doppel.console()::print);
    doppel.console().say("");
    doppel
        .console()
        .say(
            "Measure it: doppel evaluate "
                + options.out()
                + (own
                    ? " --data OTHER-IMAGES --protocol episodes --ways 5"
                    : " --protocol lake20"));
  }
}
