package dev.doppel.server;

import dev.doppel.error.OptionException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who can reach the server, and under which names it answers.
 *
 * @param hosts the names it goes by, without ports; none if any will do
 * @param own the names and addresses by which it can be reached, as far as it knows
 * @param shown the one of them that is told
 */
record Exposure(Set<String> hosts, Set<String> own, String scheme, String shown) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  Exposure {
    hosts = Set.copyOf(hosts);
    own = Set.copyOf(own);
  }

  /**
   * @throws OptionException if others could reach it unprotected
   */
  static Exposure of(ServerOptions options) {
    Listening at = options.listening();
    InetAddress address = address(at.host());
    String scheme = at.tls().isPresent() ? "https" : "http";
    Set<String> own = new HashSet<>();
    at.names().forEach(name -> own.add(name.toLowerCase(Locale.ROOT)));
    own.add(bracketed(at.host()).toLowerCase(Locale.ROOT));
    if (address.isLoopbackAddress()) {
      own.addAll(LOOPBACK);
      return new Exposure(own, own, scheme, bracketed(at.host()));
    }
    if (options.keys().isEmpty()) {
      throw new OptionException(
          at.host() + " lets other machines in, and no keys are asked for",
          "Without keys it listens on this machine alone (127.0.0.1)",
          "Make a key with `doppel key add NAME --keys keys.json` and add --keys keys.json");
    }
    if (at.tls().isEmpty() && !at.behindProxy()) {
      throw new OptionException(
          at.host() + " lets other machines in, and keys would pass readable",
          "Other machines are spoken to in TLS",
          "Add --tls-keystore and --tls-password-file, or --behind-proxy if a proxy in front has"
              + " TLS");
    }
    String shown = bracketed(at.host());
    if (address.isAnyLocalAddress()) {
      own.remove(shown);
      own.addAll(LOOPBACK);
      own.addAll(addresses());
      shown = "localhost";
    }
    // A name that leads here by another's doing gets no further than the question for a key.
    return new Exposure(at.names().isEmpty() ? Set.of() : own, own, scheme, shown);
  }

  /** This machine's addresses. */
  private static Set<String> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(each -> bracketed(each.getHostAddress().replaceFirst("%.*", "")))
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      return Set.of(); // the names that were given are left
    }
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new OptionException(
          "--host " + host + " is no address",
          "An address of this machine is needed",
          "Use 127.0.0.1",
          e);
    }
  }

  /** As it stands in a URL. */
  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  String url(int port) {
    return scheme + "://" + shown + ":" + port;
  }
}
