package dev.doppel.cli;

import dev.doppel.data.omniglot.KochSplit;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.error.OptionException;
import dev.doppel.error.TrainingException;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Lake20;
import dev.doppel.eval.Score;
import dev.doppel.option.Settings;
import dev.doppel.torch.History;
import dev.doppel.torch.Trained;
import dev.doppel.torch.Trainer;
import dev.doppel.torch.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains losses one after another, and keeps what each came to, so that none is trained twice.
 *
 * @param out where results, models and unfinished runs are kept
 * @param budget time for each loss; null to take the plan's epochs
 * @param draws lists of questions behind each {@code koch400}
 */
record Comparison(
    Path out, @Nullable Duration budget, int draws, Omniglot omniglot, Console console) {

  /**
   * The result of a loss, kept or made now; null if it was stopped, and can be gone on with.
   *
   * @throws OptionException if one is kept that was made another way
   */
  @Nullable ComparedLoss result(String loss, TrainingPlan plan) {
    Map<String, String> run = new LinkedHashMap<>(Settings.of(plan));
    run.put("data", omniglot.fingerprint());
    run.put("budget", budget == null ? "none" : budget.toString());
    run.put("draws", Integer.toString(draws));
    Path file = ComparedLoss.file(out, loss);
    if (Files.exists(file)) {
      ComparedLoss kept = ComparedLoss.read(file);
      for (Map.Entry<String, String> setting : run.entrySet()) {
        String before = kept.run().get(setting.getKey());
        if (!setting.getValue().equals(before)) {
          throw new OptionException(
              "The result %s was made with %s %s, this comparison has %s"
                  .formatted(file, setting.getKey(), before, setting.getValue()),
              "Figures of different runs do not belong into one table",
              "Name another folder by --out, or remove that file");
        }
      }
      console.say("  kept: " + file);
      return kept;
    }
    ComparedLoss made;
    try {
      made = train(loss, run, plan);
    } catch (TrainingException refused) {
      made = failed(loss, run, refused);
    }
    if (made != null) {
      made.write(out);
      delete(checkpoint(loss));
    }
    return made;
  }

  private Path checkpoint(String loss) {
    return out.resolve(loss + ".checkpoint");
  }

  private @Nullable ComparedLoss train(String loss, Map<String, String> run, TrainingPlan plan) {
    TrainingData learned = TrainingData.of(omniglot, plan);
    PeakMemory.reset();
    TrainingProgress progress = new TrainingProgress(console);
    Path checkpoint = checkpoint(loss);
    Trainer trainer =
        new Trainer(
            plan,
            learned.images(),
            learned.fingerprint(),
            matcher -> learned.looks().run(matcher).score().accuracy(),
            budget,
            checkpoint,
            progress);
    Trained trained;
    try (Interruption interruption = new Interruption(trainer::stop)) {
      trained = Files.exists(checkpoint) ? trainer.resume() : trainer.start();
    } finally {
      progress.close();
    }
    if (!trained.complete()) {
      return null;
    }
    long memory = PeakMemory.bytes();
    FinishedModel model =
        FinishedModel.write(
            out.resolve(loss + ".onnx"),
            trained,
            learned,
            List.of(
                learned.measure(),
                Lake20.of(omniglot),
                Koch400.standard(KochSplit.of(omniglot).test(), draws, 1)),
            console);
    List<Evaluation> found = model.evaluations();
    History.Epoch last = trained.history().epochs().get(trained.history().epochs().size() - 1);
    return new ComparedLoss(
        loss,
        run,
        last.images(),
        last.seconds(),
        memory,
        figure(found.get(0).score()),
        figure(found.get(1).score()),
        figure(found.get(2).score()),
        Machine.describe(),
        "");
  }

  private static ComparedLoss failed(String loss, Map<String, String> run, TrainingException why) {
    ComparedLoss.Figure none = ComparedLoss.Figure.NONE;
    return new ComparedLoss(loss, run, 0, 0, -1, none, none, none, Machine.describe(), why.given());
  }

  private static ComparedLoss.Figure figure(Score score) {
    return new ComparedLoss.Figure(score.accuracy(), score.interval());
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      throw CompareCommand.refusal(folder, left);
    }
  }
}
