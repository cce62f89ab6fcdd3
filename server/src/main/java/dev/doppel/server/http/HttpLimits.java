package dev.doppel.server.http;

import dev.doppel.error.OptionException;
import java.time.Duration;

/**
 * How large requests may be and how long they may take.
 *
 * @param body most bytes of a picture file as the body
 * @param json most bytes of a JSON body that holds pictures
 * @param images most pictures of a request
 * @param concurrent most requests that are answered at the same time; more are refused
 * @param patience how long an answer may take once the request is there
 * @param transfer how long a request may take to arrive, and an answer to be fetched
 * @param connections most connections; more wait outside
 */
public record HttpLimits(
    int body,
    int json,
    int images,
    int concurrent,
    Duration patience,
    Duration transfer,
    int connections) {

  /** Enough for any JSON without pictures. */
  static final int SMALL = 64 << 10;

  public HttpLimits {
    OptionException.require(body >= 1, "body bytes", body, "at least 1");
    OptionException.require(json >= 1, "JSON bytes", json, "at least 1");
    OptionException.require(images >= 1, "images", images, "at least 1");
    OptionException.require(concurrent >= 1, "concurrent requests", concurrent, "at least 1");
    OptionException.require(connections >= 1, "connections", connections, "at least 1");
  }

  /** Pictures of 8 MB, 64 of them at most; ten seconds to answer. */
  public static HttpLimits usual() {
    return new HttpLimits(
        8 << 20, 32 << 20, 64, 64, Duration.ofSeconds(10), Duration.ofSeconds(30), 1024);
  }
}
