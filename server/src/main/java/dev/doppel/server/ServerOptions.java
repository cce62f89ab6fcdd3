package dev.doppel.server;

import dev.doppel.error.OptionException;
import dev.doppel.server.embed.EmbedLimits;
import dev.doppel.server.http.HttpLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the server listens, whom it lets in, and how much it takes on.
 *
 * @param listening where, and under which names
 * @param keys the file of keys that callers must show one of; empty if anybody may do anything
 * @param rate most requests a second for each key, or each address where no keys are asked for; 0
 *     for no limit
 * @param accessLog whether each answer is a line in the log
 * @param keepOriginals whether the picture files of what is enrolled are kept
 * @param pixels most pixels of a picture
 * @param embed how much is embedded at once
 * @param http how large requests may be, and how long they may take
 * @param version of the program, to be told
 */
public record ServerOptions(
    Listening listening,
    Optional<Path> keys,
    double rate,
    boolean accessLog,
    boolean keepOriginals,
    long pixels,
    EmbedLimits embed,
    HttpLimits http,
    String version) {

  /** The largest pictures that are unpacked at all. */
  private static final long MOST_PIXELS = 40_000_000;

  public ServerOptions {
    OptionException.require(rate >= 0 && rate <= 1e9, "rate", rate, "0 or above");
    OptionException.require(
        pixels >= 1 && pixels <= MOST_PIXELS, "pixels", pixels, "1 to " + MOST_PIXELS);
  }

  /** On this machine alone, open to whoever is on it. */
  public static ServerOptions local(int port) {
    return new ServerOptions(
        Listening.locally(port),
        Optional.empty(),
        0,
        false,
        true,
        16_000_000,
        new EmbedLimits(
            Runtime.getRuntime().availableProcessors(), 16, 256, Duration.ofSeconds(10)),
        HttpLimits.usual(),
        "unpackaged");
  }

  /** The same elsewhere. */
  public ServerOptions withListening(Listening where) {
    return new ServerOptions(
        where, keys, rate, accessLog, keepOriginals, pixels, embed, http, version);
  }

  /** The same with keys, and at most so many requests a second for each. */
  public ServerOptions withKeys(Optional<Path> file, double perSecond) {
    return new ServerOptions(
        listening, file, perSecond, accessLog, keepOriginals, pixels, embed, http, version);
  }

  /** The same with a line in the log for each answer, or none. */
  public ServerOptions withAccessLog(boolean written) {
    return new ServerOptions(
        listening, keys, rate, written, keepOriginals, pixels, embed, http, version);
  }

  /** The same, keeping picture files or not. */
  public ServerOptions withOriginals(boolean kept) {
    return new ServerOptions(listening, keys, rate, accessLog, kept, pixels, embed, http, version);
  }

  /** The same with another most of pixels of a picture. */
  public ServerOptions withPixels(long most) {
    return new ServerOptions(
        listening, keys, rate, accessLog, keepOriginals, most, embed, http, version);
  }

  /** The same with other limits of embedding. */
  public ServerOptions withEmbed(EmbedLimits limits) {
    return new ServerOptions(
        listening, keys, rate, accessLog, keepOriginals, pixels, limits, http, version);
  }

  /** The same with other limits of requests. */
  public ServerOptions withHttp(HttpLimits limits) {
    return new ServerOptions(
        listening, keys, rate, accessLog, keepOriginals, pixels, embed, limits, version);
  }

  /** The same of another version. */
  public ServerOptions withVersion(String text) {
    return new ServerOptions(
        listening, keys, rate, accessLog, keepOriginals, pixels, embed, http, text);
  }
}
