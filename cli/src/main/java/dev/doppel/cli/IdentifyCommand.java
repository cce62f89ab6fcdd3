package dev.doppel.cli;

import dev.doppel.Answer;
import dev.doppel.Question;
import dev.doppel.Recognizer;
import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.image.ImageFile;
import dev.doppel.model.ImageEmbedder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doppel identify}: which enrolled thing does an image show, if any? */
@Command(
    name = "identify",
    sortOptions = false,
    footer = {
      "",
      "known    at most the allowed share of strangers would look as close",
      "unsure   some strangers would, or two labels compete",
      "unknown  most likely it shows something that was never enrolled",
      "Each of them is an answer: the exit code is 0.",
      "",
      "Examples:",
      "  doppel identify question.png",
      "  doppel identify 'scans/**/*.png' --csv > answers.csv",
      "  doppel identify question.png --where room=kitchen --false-accepts 0.001"
    })
final class IdentifyCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = {
        "Picture files; folders, for all pictures in them;",
        "or quoted globs such as 'scans/**/*.png'."
      })
  private List<String> images = List.of();

  @Mixin private GalleryOption galleries = new GalleryOption();
  @Mixin private ModelOption models = new ModelOption();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many labels to rank (default ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--false-accepts",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = {
        "Share of pictures of other things that may be taken",
        "for known (default ${DEFAULT-VALUE})."
      })
  private double falseAccepts;

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description = "Compare only with images that have this metadata.")
  private List<String> where = List.of();

  @Option(
      names = "--skip-unreadable",
      description = "Count pictures that cannot be read as no failure.")
  private boolean skipUnreadable;

  @Mixin private ListFormat format = new ListFormat();

  @Option(
      names = "--jsonl",
      description = "Print a JSON document a line, each as soon as it is known.")
  private boolean jsonLines;

  IdentifyCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    format.check(doppel);
    if (jsonLines && (doppel.json() || format.csv())) {
      throw new OptionException("More than one form", "A result has one", "Leave --jsonl out");
    }
    OptionException.require(
        falseAccepts > 0 && falseAccepts < 1,
        "--false-accepts",
        falseAccepts,
        "above 0 and below 1");
    OptionException.require(top >= 1 && top <= 1000, "--top", top, "1 to 1000");
    Question question =
        Question.standard()
            .withTop(top)
            .withFalseAccepts(falseAccepts)
            .withFilter(KeyValues.filter(where));
    galleries.requireThere();
    List<Path> files = PictureFiles.of(images);
    boolean one = files.size() == 1 && !Files.isDirectory(Path.of(images.get(0)));
    try (Opened open = Opened.toRead(models, galleries)) {
      if (one && !format.csv() && !jsonLines && !doppel.json()) {
        Answer answer = open.recognizer().identify(ImageFile.read(files.get(0)), question);
        AnswerText.lines(files.get(0).toString(), answer, question, open.recognizer().twin())
            .forEach(doppel.console()::print);
        return ExitCode.DONE;
      }
      List<Unreadable> unreadable = new ArrayList<>();
      AnswerSheet sheet = sheet(open);
      ask(open.recognizer(), files, question, sheet, unreadable);
      if (files.size() == unreadable.size() && !skipUnreadable) {
        throw unreadable.get(0).failure(); // no answer at all
      }
      sheet.end(unreadable);
      return unreadable.isEmpty() || skipUnreadable ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private void ask(
      Recognizer recognizer,
      List<Path> files,
      Question question,
      AnswerSheet sheet,
      List<Unreadable> unreadable) {
    int[] done = {0};
    try (Progress progress = Progress.patient(doppel.console(), "identifying")) {
      new ImageEmbedder(recognizer.twin().encoder())
          .embed(
              files,
              new ImageEmbedder.Receiver() {
                @Override
                public void embedded(Path file, byte[] content, float[] row) {
                  sheet.add(file.toString(), recognizer.identify(row, question));
                  progress.count(++done[0], files.size(), "pictures");
                }

                @Override
                public void refused(Path file, DataException why) {
                  unreadable.add(new Unreadable(file, why));
                  progress.count(++done[0], files.size(), "pictures");
                }
              });
    }
  }

  private AnswerSheet sheet(Opened open) {
    Console console = doppel.console();
    if (doppel.json()) {
      return new AnswerSheet.Json(console, galleries.file(), open.recognizer());
    } else if (jsonLines) {
      return new AnswerSheet.JsonLines(console, open.recognizer().twin().head());
    }
    return format.csv() ? new AnswerSheet.Csv(console) : new AnswerSheet.Words(console);
  }
}
