package dev.doppel.server.guard;

import java.nio.file.Path;
import java.util.Optional;

/** Placeholder. */
public final class KeyFile {

  private KeyFile() {}

  /** Watches. */
  public static Keyring watch(Path file) {
    return key -> Optional.empty();
  }
}
