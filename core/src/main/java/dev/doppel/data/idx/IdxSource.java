package dev.doppel.data.idx;

import dev.doppel.data.Dataset;
import dev.doppel.data.omniglot.OmniglotSource;
import dev.doppel.error.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places where a set of IDX files is looked for, in order: the folder that was named, or {@code
 * mnist} in {@code DOPPEL_DATA}, else in {@code data/} or {@code ../shared/data}.
 *
 * <p>Nothing is downloaded. Immutable and thread-safe.
 *
 * @param places where to look
 */
public record IdxSource(List<Path> places) {

  private static final String MNIST = "mnist";

  public IdxSource {
    places = List.copyOf(places);
  }

  /**
   * The usual places.
   *
   * @param named what {@code --idx} names, or null
   * @param environment {@link System#getenv()}
   * @param working the working directory
   */
  public static IdxSource of(@Nullable Path named, Map<String, String> environment, Path working) {
    if (named != null) {
      return new IdxSource(List.of(named));
    }
    String variable = environment.getOrDefault(OmniglotSource.VARIABLE, "");
    if (!variable.isBlank()) {
      return new IdxSource(List.of(working.resolve(variable).normalize().resolve(MNIST)));
    }
    return new IdxSource(
        List.of(
            working.resolve("data").resolve(MNIST),
            working.resolve("../shared/data").normalize().resolve(MNIST)));
  }

  /** The usual places of this process; {@code named} is what {@code --idx} names, or null. */
  public static IdxSource here(@Nullable Path named) {
    return of(named, System.getenv(), Path.of("").toAbsolutePath());
  }

  /** Whether a part is in one of the places. */
  public boolean has(IdxPart part) {
    return places.stream().anyMatch(place -> IdxSet.has(place, part));
  }

  /**
   * Reads a part from the first place that has it.
   *
   * @throws DataException if no place has it, or its files are damaged
   */
  public Dataset read(IdxPart part) {
    for (Path place : places) {
      if (IdxSet.has(place, part)) {
        return IdxSet.read(place, part);
      }
    }
    boolean there = places.stream().anyMatch(Files::isDirectory);
    throw new DataException(
        "No IDX files of %s images were found. Looked at %s"
            .formatted(
                part.text(), String.join(", ", places.stream().map(Path::toString).toList())),
        "Expected a folder with files such as %s-images-idx3-ubyte.gz and %1$s-labels-idx1-ubyte.gz"
            .formatted(part.marks().get(0)),
        there
            ? "Put the four files of MNIST there, or name another folder with --idx"
            : "Fetch the four files of MNIST, and name their folder with --idx");
  }
}
