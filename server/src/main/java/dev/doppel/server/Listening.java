package dev.doppel.server;

import dev.doppel.error.OptionException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where the server listens, and under which names.
 *
 * @param host the address
 * @param port the port; 0 for any that is free
 * @param tls the certificate to speak TLS with
 * @param behindProxy whether other machines may be let in without TLS, as a proxy in front has it
 * @param names further names that it goes by
 */
public record Listening(
    String host, int port, Optional<Tls> tls, boolean behindProxy, Set<String> names) {

  /**
   * A certificate with its key.
   *
   * @param keystore a PKCS12 file
   * @param password the file that holds its password
   */
  public record Tls(Path keystore, Path password) {}

  public Listening {
    names = Set.copyOf(names);
    OptionException.require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
  }

  /** On this machine alone. */
  public static Listening locally(int port) {
    return new Listening("127.0.0.1", port, Optional.empty(), false, Set.of());
  }
}
