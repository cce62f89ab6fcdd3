package dev.doppel.cli;

import dev.doppel.Recognizer;
import dev.doppel.Verdict;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import dev.doppel.image.ImageFile;
import dev.doppel.model.Calibration;
import dev.doppel.model.Twin;
import dev.doppel.onnx.OpenModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code doppel verify}: do two images show the same thing, or one image what its label says? */
@Command(
    name = "verify",
    sortOptions = false,
    customSynopsis = {
      "doppel verify A B [OPTIONS]",
      "       doppel verify A --label LABEL [OPTIONS]"
    },
    footer = {
      "",
      "Either verdict is an answer: the exit code is 0.",
      "",
      "Examples:",
      "  doppel verify one.png other.png",
      "  doppel verify one.png --label ka --gallery japanese.gallery"
    })
final class VerifyCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "A", description = "One image.")
  private Path first = Path.of("");

  @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "Another image.")
  private @Nullable Path second;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "In place of B, what is enrolled under this label.")
  private @Nullable String label;

  @Mixin private GalleryOption galleries = new GalleryOption();
  @Mixin private ModelOption models = new ModelOption();

  @Option(
      names = "--false-accepts",
      paramLabel = "SHARE",
      description = {
        "Share of pairs of different things that may be taken",
        "for the same (default: what the model was calibrated to)."
      })
  private @Nullable Double falseAccepts;

  VerifyCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    if (second == null && label == null) {
      throw new ParameterException(
          spec.commandLine(), "There is no B, nor a label to compare with.");
    }
    if (second != null && label != null) {
      throw new OptionException(
          "Both " + second + " and --label " + label,
          "An image is compared with another, or with a label",
          "Leave one out");
    }
    if (falseAccepts != null) {
      OptionException.require(
          falseAccepts > 0 && falseAccepts < 1,
          "--false-accepts",
          falseAccepts,
          "above 0 and below 1");
    }
    Image a = ImageFile.read(first);
    if (label != null) {
      try (Opened open = Opened.toRead(models, galleries)) {
        Listing.requireLabel(open.recognizer().gallery(), label);
        tell(open.recognizer().twin(), open.recognizer().verify(a, label));
      }
    } else if (second != null) {
      Image b = ImageFile.read(second);
      try (OpenModel open = models.open()) {
        tell(open.twin(), new Recognizer(open.twin()).verify(a, b));
      }
    }
    return ExitCode.DONE;
  }

  /** What the threshold stands for, and how to have another. */
  private String meaning(double strangers) {
    String reach =
        "%s in 100 pairs of different things reach that".formatted(AnswerText.hundredth(strangers));
    double fewer = Math.pow(10, Math.ceil(Math.log10(strangers) - 1 - 1e-9));
    return falseAccepts == null
        ? reach + "; stricter: --false-accepts " + AnswerText.plain(fewer)
        : reach;
  }

  private void tell(Twin twin, Verdict verdict) {
    Calibration calibration = twin.calibration();
    double threshold =
        falseAccepts == null ? calibration.threshold() : calibration.threshold(falseAccepts, 1);
    double strangers = calibration.falseAccepts(threshold, 1);
    boolean accepted = calibration.fitted() && verdict.score() >= threshold;
    double highest = twin.head().highest();
    boolean reachable = threshold <= highest;
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "verify");
      if (label != null) {
        document.put("label", label);
      }
      document.put("same", accepted);
      document.put("calibrated", twin.calibration().fitted());
      document.put("probability", verdict.probability());
      document.put("score", verdict.score());
      document.put("threshold", threshold);
      document.put("reachable", reachable);
      if (calibration.fitted()) {
        document.put("falseAccepts", strangers);
      }
      document.put("model", twin.name());
      document.put("synthetic", twin.provenance().synthetic());
      doppel.console().json(document);
      return;
    }
    Table table = new Table(Table.Align.LEFT, Table.Align.LEFT);
    if (!twin.calibration().fitted()) {
      table
          .row("verdict", "none, the model is not calibrated: see doppel calibrate")
          .row("score", String.format(Locale.ROOT, "%.4f, higher is closer", verdict.score()))
          .row("model", twin.name());
      table.lines().forEach(doppel.console()::print);
      return;
    }
    String same = label == null ? "the same" : "it is \"" + label + "\"";
    String other = label == null ? "different" : "it is not \"" + label + "\"";
    table
        .row("verdict", accepted ? same : other)
        .row(
            "probability of the same",
            String.format(Locale.ROOT, "%.1f %%", 100 * verdict.probability()))
        .row(
            "score",
            reachable
                ? String.format(Locale.ROOT, "%.4f, accepted from %.4f", verdict.score(), threshold)
                : String.format(Locale.ROOT, "%.4f; no score is enough", verdict.score()))
        .row(
            "",
            reachable
                ? meaning(strangers)
                : "%s in 100 pairs of different things may reach the highest there is, %s"
                    .formatted(
                        AnswerText.hundredth(calibration.falseAccepts(highest, 1)),
                        AnswerText.score(highest)))
        .row("model", twin.name() + (twin.provenance().synthetic() ? "  (SYNTHETIC)" : ""));
    table.lines().forEach(doppel.console()::print);
  }
}
