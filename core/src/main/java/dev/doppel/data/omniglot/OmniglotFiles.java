package dev.doppel.data.omniglot;

import dev.doppel.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the three parts of the set lie, each a zip or a folder; null for a part that is not there.
 *
 * @param folder the folder they were found in
 * @param background {@code images_background}
 * @param evaluation {@code images_evaluation}
 * @param runs {@code all_runs}
 */
record OmniglotFiles(
    Path folder, @Nullable Path background, @Nullable Path evaluation, @Nullable Path runs) {

  static final String BACKGROUND = "images_background";
  static final String EVALUATION = "images_evaluation";
  static final String RUNS = "all_runs";

  /** The set's own repository keeps the runs in this folder. */
  static final String RUNS_FOLDER = "one-shot-classification";

  private static final List<String> NESTED =
      List.of("", "omniglot", "python", "omniglot/python", "omniglot-master/python");

  /**
   * The parts in this folder.
   *
   * @throws DataException if there is none, with a guess of what was meant
   */
  static OmniglotFiles in(Path folder) {
    return find(folder)
        .orElseThrow(
            () ->
                new DataException(
                    "Omniglot at "
                        + folder
                        + ": "
                        + (!Files.exists(folder)
                            ? "there is no such folder"
                            : Files.isDirectory(folder)
                                ? "found none of its parts"
                                : "this is a file, not a folder"),
                    "Expected a folder with images_background, images_evaluation and all_runs,"
                        + " each as a .zip or unpacked",
                    nearby(folder)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Run `doppel data fetch` to download it")));
  }

  /** The parts in this folder or in one that its home nests, if at least one is there. */
  static Optional<OmniglotFiles> find(Path folder) {
    return NESTED.stream()
        .map(nested -> nested.isEmpty() ? folder : folder.resolve(nested))
        .map(
            place ->
                new OmniglotFiles(
                    place,
                    part(place, BACKGROUND, OmniglotFiles::filled),
                    part(place, EVALUATION, OmniglotFiles::filled),
                    runs(place)))
        .filter(files -> files.background != null || files.evaluation != null || files.runs != null)
        .findFirst();
  }

  private static @Nullable Path runs(Path place) {
    Path found = part(place, RUNS, OmniglotFiles::filled);
    if (found == null) {
      found = part(place.resolve(RUNS_FOLDER), RUNS, OmniglotFiles::filled);
    }
    // Unpacked where they lie, the runs have no folder of their own.
    for (Path in : List.of(place, place.resolve(RUNS_FOLDER))) {
      if (found == null && Files.isDirectory(in.resolve("run01"))) {
        found = in;
      }
    }
    return found;
  }

  private static @Nullable Path part(Path place, String name, Predicate<Path> filled) {
    Path zip = place.resolve(name + ".zip");
    if (Files.exists(zip)) {
      return zip;
    }
    Path unpacked = place.resolve(name);
    return filled.test(unpacked) ? unpacked : null;
  }

  private static boolean filled(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isPresent();
    } catch (IOException e) {
      return false; // not there, or no folder
    }
  }

  /** A folder above or up to two levels below that has the parts. */
  static Optional<Path> nearby(Path folder) {
    List<Path> places = new ArrayList<>();
    Path absolute = folder.toAbsolutePath().normalize();
    for (Path up = absolute.getParent(); up != null && places.size() < 3; up = up.getParent()) {
      places.add(up);
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> below = Files.walk(folder, 2)) {
        below.filter(Files::isDirectory).limit(1000).forEach(places::add);
      } catch (IOException | java.io.UncheckedIOException e) {
        // a guess only
      }
    }
    return places.stream().flatMap(place -> find(place).stream()).map(f -> f.folder).findFirst();
  }
}
