package dev.doppel.server;

import dev.doppel.error.OptionException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** A host's name or address as it stands before the port in a request. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?)*|\\[[0-9A-Fa-f:.]+\\]");

  /**
   * @throws OptionException if a name can be no host's
   */
  public Listening {
    names = Set.copyOf(names);
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new OptionException(
            "--allow-host \"%s\" can be no host's name"
                .formatted(name.replaceAll("\\p{Cntrl}", "?")),
            "It is one whole name or address, without http://, port or *, such as doppel.example"
                + " or [2001:db8::1]",
            "Name each host by itself");
      }
    }
    OptionException.require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
  }

  /** On this machine alone. */
  public static Listening locally(int port) {
    return new Listening("127.0.0.1", port, Optional.empty(), false, Set.of());
  }
}
