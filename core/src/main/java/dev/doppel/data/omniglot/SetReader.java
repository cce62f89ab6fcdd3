package dev.doppel.data.omniglot;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the alphabets of one of the two image sets, alphabets in parallel.
 *
 * @param set the right images
 * @param digests the hash of each alphabet of {@code set}, in its order
 * @param problems what is missing or wrong, by name
 */
record SetReader(Dataset set, List<String> digests, List<String> problems) {

  private record Part(Group alphabet, String digest, List<String> problems) {}

  /**
   * Reads what is there.
   *
   * @param part {@code images_background} or {@code images_evaluation}
   */
  static SetReader read(
      Container container, String part, List<OmniglotShape.Alphabet> expected, int drawers) {
    List<String> problems = new ArrayList<>();
    NavigableMap<String, NavigableMap<String, List<String>>> files =
        sorted(container, part, problems);
    List<String> missing =
        expected.stream()
            .map(OmniglotShape.Alphabet::name)
            .filter(name -> !files.containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      problems.add(
          "%s: %d of %d alphabets missing: %s"
              .formatted(part, missing.size(), expected.size(), String.join(", ", missing)));
    }
    for (String name : files.keySet()) {
      if (expected.stream().noneMatch(known -> known.name().equals(name))) {
        problems.add("%s: there is no alphabet %s in Omniglot".formatted(part, name));
      }
    }
    List<Part> parts =
        expected.parallelStream()
            .filter(alphabet -> files.containsKey(alphabet.name()))
            .map(
                alphabet -> {
                  AlphabetReader reader =
                      new AlphabetReader(container, part + "/" + alphabet.name(), drawers);
                  Group group =
                      reader.read(alphabet, Objects.requireNonNull(files.get(alphabet.name())));
                  return new Part(group, Fingerprint.of(group), reader.problems());
                })
            .toList();
    parts.forEach(each -> problems.addAll(each.problems()));
    return new SetReader(
        new Dataset(
            "omniglot " + part.substring(part.indexOf('_') + 1),
            false,
            parts.stream().map(Part::alphabet).toList()),
        parts.stream().map(Part::digest).toList(),
        List.copyOf(problems));
  }

  /** Files by alphabet and character, the last three parts of their paths. */
  private static NavigableMap<String, NavigableMap<String, List<String>>> sorted(
      Container container, String part, List<String> problems) {
    NavigableMap<String, NavigableMap<String, List<String>>> files = new TreeMap<>();
    List<String> stray = new ArrayList<>();
    for (String path : container.files()) {
      String[] names = path.split("/", -1);
      if (names.length >= 3) {
        files
            .computeIfAbsent(names[names.length - 3], alphabet -> new TreeMap<>())
            .computeIfAbsent(names[names.length - 2], character -> new ArrayList<>())
            .add(path);
      } else if (path.endsWith(".png")) { // a licence or a note may lie beside
        stray.add(path);
      }
    }
    if (!stray.isEmpty()) {
      problems.add(
          "%s: %d images outside ALPHABET/characterNN, such as %s"
              .formatted(
                  part, stray.size(), stray.stream().limit(3).collect(Collectors.joining(", "))));
    }
    return files;
  }
}
