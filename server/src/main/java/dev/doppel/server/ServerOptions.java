package dev.doppel.server;

import dev.doppel.error.OptionException;
import dev.doppel.server.embed.EmbedLimits;
import dev.doppel.server.http.HttpLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where and how the server listens, and how much it takes on.
 *
 * @param host the address to listen at
 * @param port the port; 0 for any that is free
 * @param keys the file of keys that callers must show one of; empty if anybody may do anything
 * @param tls the certificate to speak TLS with
 * @param plain whether other machines may be spoken to without TLS, because a proxy in front has it
 * @param hosts further names that the server goes by
 * @param rate most requests a second for each key, or each address where no keys are asked for; 0
 *     for no limit
 * @param keepOriginals whether the picture files of what is enrolled are kept
 * @param pixels most pixels of a picture
 * @param embed how much is embedded at once
 * @param http how large requests may be, and how long they may take
 * @param version of the program, to be told
 */
public record ServerOptions(
    String host,
    int port,
    Optional<Path> keys,
    Optional<Tls> tls,
    boolean plain,
    Set<String> hosts,
    double rate,
    boolean keepOriginals,
    long pixels,
    EmbedLimits embed,
    HttpLimits http,
    String version) {

  /**
   * A certificate with its key.
   *
   * @param keystore a PKCS12 file
   * @param password the file that holds its password
   */
  public record Tls(Path keystore, Path password) {}

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration TRANSFER = Duration.ofSeconds(30);

  public ServerOptions {
    hosts = Set.copyOf(hosts);
    OptionException.require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    OptionException.require(rate >= 0 && rate <= 1e9, "rate", rate, "0 or above");
    OptionException.require(pixels >= 1, "pixels", pixels, "at least 1");
  }

  /** On this machine alone, open to whoever is on it. */
  public static ServerOptions local(int port) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new ServerOptions(
        "127.0.0.1",
        port,
        Optional.empty(),
        Optional.empty(),
        false,
        Set.of(),
        0,
        true,
        16_000_000,
        new EmbedLimits(processors, 32, 256, PATIENCE),
        new HttpLimits(8 << 20, 32 << 20, 64, 64, PATIENCE, TRANSFER, 1024),
        "unpackaged");
  }

  /** The same at another address. */
  public ServerOptions withHost(String address) {
    return new ServerOptions(
        address, port, keys, tls, plain, hosts, rate, keepOriginals, pixels, embed, http, version);
  }

  /** The same with keys. */
  public ServerOptions withKeys(Optional<Path> file) {
    return new ServerOptions(
        host, port, file, tls, plain, hosts, rate, keepOriginals, pixels, embed, http, version);
  }

  /** The same with TLS. */
  public ServerOptions withTls(Optional<Tls> certificate) {
    return new ServerOptions(
        host,
        port,
        keys,
        certificate,
        plain,
        hosts,
        rate,
        keepOriginals,
        pixels,
        embed,
        http,
        version);
  }

  /** The same, trusting a proxy in front with TLS or not. */
  public ServerOptions withPlain(boolean trusted) {
    return new ServerOptions(
        host, port, keys, tls, trusted, hosts, rate, keepOriginals, pixels, embed, http, version);
  }

  /** The same under further names. */
  public ServerOptions withHosts(Set<String> names) {
    return new ServerOptions(
        host, port, keys, tls, plain, names, rate, keepOriginals, pixels, embed, http, version);
  }

  /** The same with another rate. */
  public ServerOptions withRate(double perSecond) {
    return new ServerOptions(
        host,
        port,
        keys,
        tls,
        plain,
        hosts,
        perSecond,
        keepOriginals,
        pixels,
        embed,
        http,
        version);
  }

  /** The same, keeping picture files or not. */
  public ServerOptions withOriginals(boolean kept) {
    return new ServerOptions(
        host, port, keys, tls, plain, hosts, rate, kept, pixels, embed, http, version);
  }

  /** The same with other limits of embedding. */
  public ServerOptions withEmbed(EmbedLimits limits) {
    return new ServerOptions(
        host, port, keys, tls, plain, hosts, rate, keepOriginals, pixels, limits, http, version);
  }

  /** The same with other limits of requests. */
  public ServerOptions withHttp(HttpLimits limits) {
    return new ServerOptions(
        host, port, keys, tls, plain, hosts, rate, keepOriginals, pixels, embed, limits, version);
  }

  /** The same of another version. */
  public ServerOptions withVersion(String text) {
    return new ServerOptions(
        host, port, keys, tls, plain, hosts, rate, keepOriginals, pixels, embed, http, text);
  }
}
