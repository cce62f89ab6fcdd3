package dev.doppel.server.guard;

import java.util.Optional;

/** The keys that are known. Thread-safe. */
@FunctionalInterface
public interface Keyring {

  /** Who holds this key, if it is known. Takes as long whichever it is. */
  Optional<Caller> caller(String key);
}
