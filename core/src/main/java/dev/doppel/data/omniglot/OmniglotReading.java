package dev.doppel.data.omniglot;

import dev.doppel.data.Dataset;
import dev.doppel.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a reading of the set brought to light: all that is right, and all that is wrong.
 *
 * @param folder where it lies
 * @param omniglot what could be read
 * @param shape what was expected
 * @param problems what is missing or wrong, by name; empty if the set is whole
 */
record OmniglotReading(Path folder, Omniglot omniglot, OmniglotShape shape, List<String> problems) {

  private static final int NAMED = 3;

  /** Reads everything that is there. */
  static OmniglotReading of(OmniglotFiles files, OmniglotShape shape) {
    CompletableFuture<SetReader> beside =
        CompletableFuture.supplyAsync(
            () -> set(files.background(), OmniglotFiles.BACKGROUND, shape.background(), shape));
    SetReader evaluation =
        set(files.evaluation(), OmniglotFiles.EVALUATION, shape.evaluation(), shape);
    SetReader background = beside.join();
    List<String> problems = new ArrayList<>(background.problems());
    problems.addAll(evaluation.problems());
    LakeRuns runs =
        open(
            files.runs(),
            OmniglotFiles.RUNS,
            problems,
            new LakeRuns(List.of()),
            container -> {
              RunsReader reader = new RunsReader(container, evaluation.set(), shape.ways());
              LakeRuns read = reader.read(shape.runs());
              if (!evaluation.set().groups().isEmpty()) { // else all of them, for one reason
                problems.addAll(reader.problems());
              }
              return read;
            });
    String fingerprint = Fingerprint.of(background.digests(), evaluation.digests(), runs);
    if (problems.isEmpty() && !shape.fingerprint().isEmpty()) {
      differences(OmniglotFiles.BACKGROUND, background, shape.background(), problems);
      differences(OmniglotFiles.EVALUATION, evaluation, shape.evaluation(), problems);
      if (problems.isEmpty() && !fingerprint.equals(shape.fingerprint())) {
        problems.add("all_runs: the runs are not the published ones");
      }
    }
    return new OmniglotReading(
        files.folder(),
        new Omniglot(background.set(), evaluation.set(), runs, fingerprint),
        shape,
        List.copyOf(problems));
  }

  /** The set, if it is whole. */
  Omniglot orThrow() {
    if (problems.isEmpty()) {
      return omniglot;
    }
    int more = problems.size() - NAMED;
    throw new DataException(
        "Omniglot at %s: %s%s"
            .formatted(
                folder,
                String.join("; ", problems.subList(0, Math.min(NAMED, problems.size()))),
                more > 0 ? "; and %d more problem%s".formatted(more, more > 1 ? "s" : "") : ""),
        "Expected %s to learn from, %s to test on, %d drawers of each character and %d runs"
            .formatted(
                OmniglotShape.count(shape.background()),
                OmniglotShape.count(shape.evaluation()),
                shape.drawers(),
                shape.runs()),
        "Run `doppel data check` for the whole list, or `doppel data fetch` to download it anew");
  }

  private static SetReader set(
      @Nullable Path path,
      String part,
      List<OmniglotShape.Alphabet> alphabets,
      OmniglotShape shape) {
    List<String> problems = new ArrayList<>();
    SetReader nothing =
        new SetReader(
            new Dataset("omniglot " + part.substring(part.indexOf('_') + 1), false, List.of()),
            List.of(),
            List.of());
    if (alphabets.isEmpty()) { // nobody wants it
      return nothing;
    }
    SetReader read =
        open(
            path,
            part,
            problems,
            nothing,
            container -> SetReader.read(container, part, alphabets, shape.drawers()));
    problems.addAll(read.problems());
    return new SetReader(read.set(), read.digests(), List.copyOf(problems));
  }

  private static <T> T open(
      @Nullable Path path,
      String part,
      List<String> problems,
      T nothing,
      Function<Container, T> read) {
    if (path == null) {
      problems.add("%s is missing, both %s.zip and a folder of that name".formatted(part, part));
      return nothing;
    }
    try {
      if (Files.isRegularFile(path) && Files.size(path) == 0) {
        problems.add(path.getFileName() + ": the file is empty (0 bytes)");
        return nothing;
      }
      try (Container container = Container.open(path)) {
        return read.apply(container);
      }
    } catch (IOException | java.io.UncheckedIOException | IllegalArgumentException e) {
      problems.add(
          "%s: not a whole zip archive, or unreadable (%s)"
              .formatted(path.getFileName(), e.getMessage()));
      return nothing;
    }
  }

  private static void differences(
      String part, SetReader read, List<OmniglotShape.Alphabet> expected, List<String> problems) {
    for (int i = 0; i < expected.size(); i++) {
      if (!read.digests().get(i).startsWith(expected.get(i).digest())) {
        problems.add(
            "%s/%s: its images are not the published ones".formatted(part, expected.get(i).name()));
      }
    }
  }
}
