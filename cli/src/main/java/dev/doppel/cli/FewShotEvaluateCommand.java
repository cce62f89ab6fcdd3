package dev.doppel.cli;

import dev.doppel.data.folder.ImageFolder;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Matcher;
import dev.doppel.eval.Protocol;
import dev.doppel.fewshot.FewShotMatcher;
import dev.doppel.model.Twin;
import dev.doppel.onnx.OpenModel;
import dev.doppel.torch.FewShotFile;
import dev.doppel.torch.TaskLearner;
import dev.doppel.torch.TrainedHead;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doppel fewshot evaluate}: asks what was learned the questions of a protocol. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = "Measure what fewshot train wrote, by a protocol of trials.",
    footer = {
      "",
      "Examples:",
      "  doppel fewshot evaluate relation.fewshot --protocol lake20",
      "  doppel fewshot evaluate maml.fewshot --protocol episodes --across --ways 5"
    })
final class FewShotEvaluateCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(paramLabel = "FILE", description = "What fewshot train wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "FILE|NAME",
      description = "relation, graph: the model it was learned over (default omniglot).")
  private @Nullable String model;

  @Mixin private ProtocolOptions protocols = new ProtocolOptions();
  @Mixin private DataOptions data = new DataOptions();

  FewShotEvaluateCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    protocols.check();
    MethodOptions.refusePairs(file.toString(), protocols.name());
    FewShotFile learned = FewShotFile.read(file);
    if (learned.method().equals(FewShotFile.MAML)) {
      if (model != null) {
        throw new OptionException(
            file + " with --model " + model,
            "MAML learned an encoder of its own, which the file holds",
            "Leave --model out");
      }
      try (TaskLearner learner = learned.learner()) {
        return measure(learner, learner.plan().side());
      }
    }
    int processors = Runtime.getRuntime().availableProcessors();
    try (OpenModel open = ModelOption.open(model == null ? "omniglot" : model, processors);
        TrainedHead head = learned.head()) {
      Twin twin = open.twin();
      if (!twin.fingerprint().equals(learned.encoder())) {
        throw new ModelException(
            file + " was learned over another model than " + twin.name(),
            "A head knows the embeddings of one model alone, that of fingerprint "
                + learned.encoder(),
            "Name that model by --model, or learn over this one");
      }
      return measure(
          new FewShotMatcher(twin.name(), twin.encoder(), head),
          twin.encoder().preprocess().width());
    }
  }

  private int measure(Matcher matcher, int side) {
    Console console = doppel.console();
    List<Protocol> series =
        protocols.series(
            data, folder -> ImageFolder.read(folder, side, false).data(), true, console);
    List<Evaluation> evaluations = series.stream().map(each -> each.run(matcher)).toList();
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "fewshot evaluate");
      document.put("scores", evaluations.stream().map(ScoreText::json).toList());
      console.json(document);
    } else {
      ScoreText.lines(evaluations).forEach(console::print);
    }
    return ExitCode.DONE;
  }
}
