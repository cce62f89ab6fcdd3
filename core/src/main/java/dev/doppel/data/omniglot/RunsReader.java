package dev.doppel.data.omniglot;

import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.error.Reason;
import dev.doppel.image.Bitmap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Lake's runs and finds the image of the evaluation set that each of theirs is, pixel for
 * pixel.
 */
final class RunsReader {

  private final Container container;
  private final int ways;
  private final Map<Bitmap, Sample> known = new HashMap<>();
  private final Set<Bitmap> ambiguous = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private final String prefix;

  RunsReader(Container container, Dataset evaluation, int ways) {
    this.container = container;
    this.ways = ways;
    evaluation
        .samples()
        .forEach(
            sample -> {
              if (sample.image() instanceof Bitmap bitmap
                  && known.putIfAbsent(bitmap, sample) != null) {
                ambiguous.add(bitmap);
              }
            });
    this.prefix =
        container.files().stream()
            .filter(file -> file.endsWith("run01/class_labels.txt"))
            .map(file -> file.substring(0, file.length() - "run01/class_labels.txt".length()))
            .findFirst()
            .orElse("");
  }

  /** What {@link #read} found wrong so far. */
  List<String> problems() {
    return problems;
  }

  /** The runs that are right. */
  LakeRuns read(int count) {
    List<LakeRuns.Run> runs = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      String name = "run%02d".formatted(number);
      if (container.files().stream().noneMatch(file -> file.startsWith(prefix + name + "/"))) {
        problems.add("all_runs: " + name + " is missing");
        continue;
      }
      LakeRuns.Run run = run(name);
      if (run != null) {
        runs.add(run);
      }
    }
    return new LakeRuns(runs);
  }

  private LakeRuns.@Nullable Run run(String name) {
    int before = problems.size();
    List<Sample> training = images(name + "/training/class");
    List<Sample> tests = images(name + "/test/item");
    int[] answers = answers(name);
    if (problems.size() > before) {
      return null;
    }
    List<LakeRuns.Item> items = new ArrayList<>();
    for (int i = 0; i < ways; i++) {
      Sample item = tests.get(i);
      Sample shown = training.get(answers[i]);
      if (!item.sameClass(shown)) {
        problems.add(
            "%s: item%02d shows %s, but its label names %s"
                .formatted(name, i + 1, item.id(), shown.id()));
      }
      items.add(new LakeRuns.Item(item, answers[i]));
    }
    return problems.size() > before ? null : new LakeRuns.Run(name, training, items);
  }

  private List<Sample> images(String stem) {
    List<Sample> found = new ArrayList<>();
    for (int number = 1; number <= ways; number++) {
      String path = prefix + "%s%02d.png".formatted(stem, number);
      if (!container.files().contains(path)) {
        problems.add("all_runs: " + path + " is missing");
        continue;
      }
      Bitmap image = AlphabetReader.bitmap(container, path, problems);
      if (image == null) {
        continue;
      }
      Sample sample = known.get(image);
      if (sample == null) {
        problems.add(path + ": no image of images_evaluation equals it");
      } else if (ambiguous.contains(image)) {
        problems.add(path + ": several images of images_evaluation equal it");
      } else {
        found.add(sample);
      }
    }
    return found;
  }

  /** The class index of each item, read from lines "run01/test/item01.png run01/training/…". */
  private int[] answers(String run) {
    int[] answers = new int[ways];
    java.util.Arrays.fill(answers, -1);
    String path = prefix + run + "/class_labels.txt";
    try {
      for (String line :
          new String(container.read(path), StandardCharsets.UTF_8).lines().toList()) {
        if (line.isBlank()) {
          continue;
        }
        String[] pair = line.strip().split("\\s+", -1);
        int item = pair.length == 2 ? number(pair[0], run + "/test/item") : -1;
        int answer = pair.length == 2 ? number(pair[1], run + "/training/class") : -1;
        if (item < 0 || answer < 0 || answers[item] >= 0) {
          problems.add(path + ": cannot make sense of the line \"" + line + "\"");
        } else {
          answers[item] = answer;
        }
      }
    } catch (IOException e) {
      problems.add(path + ": cannot be read (" + Reason.of(e) + ")");
      return answers;
    }
    for (int i = 0; i < ways; i++) {
      if (answers[i] < 0) {
        problems.add("%s: no label for item%02d".formatted(path, i + 1));
      }
    }
    return answers;
  }

  /** NN - 1 of {@code stemNN.png}, or -1. */
  private int number(String path, String stem) {
    if (!path.startsWith(stem) || !path.substring(stem.length()).matches("\\d\\d\\.png")) {
      return -1;
    }
    int number = Integer.parseInt(path.substring(stem.length(), stem.length() + 2));
    return number >= 1 && number <= ways ? number - 1 : -1;
  }
}
