package dev.doppel.data.omniglot;

import dev.doppel.error.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The places where Omniglot is looked for, in order: the folder that was named, {@code
 * DOPPEL_DATA}, {@code data/}, {@code ../shared/data}, the user's cache.
 *
 * <p>A folder that a person named must hold the set, whole; of the others the first that does is
 * taken, and one with a damaged set is reported and passed over. Each may be the set's own folder
 * or have it in a sub-folder {@code omniglot}. Immutable and thread-safe.
 *
 * @param places where to look
 */
public record OmniglotSource(List<Place> places) {

  /** Names the folder with one sub-folder a data set. */
  public static final String VARIABLE = "DOPPEL_DATA";

  public OmniglotSource {
    places = List.copyOf(places);
  }

  /**
   * One place.
   *
   * @param folder where
   * @param name what errors call it, such as {@code --data}
   * @param named whether a person asked for it, so that nothing else will do
   */
  public record Place(Path folder, String name, boolean named) {

    @Override
    public String toString() {
      return name.isEmpty() ? folder.toString() : folder + " (" + name + ")";
    }
  }

  /**
   * The set, and where it was.
   *
   * @param omniglot the whole set
   * @param folder the folder with its parts
   * @param passedOver what was wrong with each place that has a damaged set
   */
  public record Found(Omniglot omniglot, Path folder, List<String> passedOver) {

    public Found {
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * The usual places.
   *
   * @param named what {@code --data} names, or null
   * @param environment {@link System#getenv()}
   * @param working the working directory
   * @param home the user's home
   */
  public static OmniglotSource of(
      @Nullable Path named, Map<String, String> environment, Path working, Path home) {
    if (named != null) {
      return new OmniglotSource(List.of(new Place(named, "--data", true)));
    }
    String variable = environment.getOrDefault(VARIABLE, "");
    if (!variable.isBlank()) {
      return new OmniglotSource(
          List.of(new Place(working.resolve(variable).normalize(), VARIABLE, true)));
    }
    return new OmniglotSource(
        List.of(
            new Place(working.resolve("data"), "", false),
            new Place(working.resolve("../shared/data").normalize(), "", false),
            new Place(cache(environment, home), "cache", false)));
  }

  /** The usual places of this process; {@code named} is what {@code --data} names, or null. */
  public static OmniglotSource here(@Nullable Path named) {
    return of(
        named,
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home", ".")));
  }

  /** The folder of the user's cache that downloads go to. */
  public static Path cache(Map<String, String> environment, Path home) {
    for (String variable : new String[] {"XDG_CACHE_HOME", "LOCALAPPDATA"}) {
      String folder = environment.getOrDefault(variable, "");
      if (!folder.isBlank() && Path.of(folder).isAbsolute()) {
        return Path.of(folder, "doppel");
      }
    }
    return home.resolve(".cache").resolve("doppel");
  }

  /** The folder of this user's cache that downloads go to. */
  public static Path cache() {
    return cache(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  /** Whether a folder has any part of the set, whole or not. */
  public static boolean has(Path folder) {
    return OmniglotFiles.find(folder).isPresent();
  }

  /** A folder near one without any part of the set that has some: what was meant, perhaps. */
  public static Optional<Path> near(Path folder) {
    return OmniglotFiles.nearby(folder);
  }

  /** Whether a place has any part of the set, or was named so that nothing else will do. */
  public boolean isSomewhere() {
    return places.stream()
        .anyMatch(place -> place.named() || OmniglotFiles.find(place.folder()).isPresent());
  }

  /**
   * The folder of the first place that has any part of the set, whole or not: what a check looks
   * at.
   *
   * @throws DataException if there is none
   */
  public Path folder() {
    for (Place place : places) {
      Optional<OmniglotFiles> files = OmniglotFiles.find(place.folder());
      if (files.isPresent()) {
        return files.get().folder();
      }
      if (place.named()) {
        OmniglotFiles.in(place.folder()); // throws, with a guess of what was meant
      }
    }
    throw nowhere(List.of());
  }

  /**
   * Reads the set.
   *
   * @throws DataException if no place has it whole, or the one that was named has not
   */
  public Found read() {
    return read(OmniglotShape.PUBLISHED);
  }

  /**
   * Reads all but the background alphabets, which is all that protocols ask about: the set has none
   * of them, and a fingerprint of its own.
   *
   * @throws DataException if no place has it whole, or the one that was named has not
   */
  public Found readWithoutBackground() {
    return read(OmniglotShape.WITHOUT_BACKGROUND);
  }

  Found read(OmniglotShape shape) {
    List<String> passedOver = new ArrayList<>();
    for (Place place : places) {
      Optional<OmniglotFiles> files =
          place.named()
              ? Optional.of(OmniglotFiles.in(place.folder()))
              : OmniglotFiles.find(place.folder());
      if (files.isEmpty()) {
        continue;
      }
      try {
        Omniglot omniglot = OmniglotReading.of(files.get(), shape).orThrow();
        return new Found(omniglot, files.get().folder(), passedOver);
      } catch (DataException e) {
        if (place.named()) {
          throw e;
        }
        passedOver.add(e.given());
      }
    }
    throw nowhere(passedOver);
  }

  private DataException nowhere(List<String> passedOver) {
    StringBuilder given = new StringBuilder("Omniglot was not found. Looked at ");
    given.append(String.join(", ", places.stream().map(Place::toString).toList()));
    for (String damaged : passedOver) {
      given.append("; ").append(damaged);
    }
    return new DataException(
        given.toString(),
        "Expected a folder with images_background, images_evaluation and all_runs, or one with a"
            + " sub-folder omniglot that has them",
        "Run `doppel data fetch` to download it, name a folder with --data or "
            + VARIABLE
            + ", or draw a synthetic set with --synthetic");
  }
}
