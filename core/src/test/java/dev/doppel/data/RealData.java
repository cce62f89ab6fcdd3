package dev.doppel.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds real data for tests tagged {@code real-data}, in every module.
 *
 * <p>Where none is there the test says so on stderr and passes; where the environment names a
 * folder ({@code DOPPEL_DATA}) it has to be there.
 */
public final class RealData {

  private RealData() {}

  /** The folder of Omniglot, or empty, told on stderr. */
  public static Optional<Path> omniglot() {
    return set("omniglot");
  }

  /** The folder of a data set, by the name of its folder, or empty, told on stderr. */
  public static Optional<Path> set(String name) {
    String named = System.getenv("DOPPEL_DATA");
    if (named != null && !named.isBlank()) {
      Path folder = Path.of(named).resolve(name);
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
      if (name.equals("omniglot") && Files.exists(Path.of(named, "images_background.zip"))) {
        return Optional.of(Path.of(named));
      }
      throw new AssertionError("DOPPEL_DATA is " + named + ", but it has no folder " + name);
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      for (String near : new String[] {"data", "../shared/data"}) {
        Path folder = up.resolve(near).resolve(name).normalize();
        if (Files.isDirectory(folder)) {
          return Optional.of(folder);
        }
      }
    }
    System.err.println("real data: no " + name + " here, so this test checks nothing");
    return Optional.empty();
  }
}
