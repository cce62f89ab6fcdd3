package dev.doppel.server.guard;

import org.jspecify.annotations.Nullable;

/**
 * What a request says of where it comes from.
 *
 * @param method of HTTP
 * @param host the host it was sent to, with its port
 * @param origin the page that sent it, if a browser says so
 * @param fetchSite how that page relates to us, if a browser says so
 * @param authorization what it shows to be let in
 * @param address of the other end
 */
public record Visit(
    String method,
    @Nullable String host,
    @Nullable String origin,
    @Nullable String fetchSite,
    @Nullable String authorization,
    String address) {

  /** Whether it cannot change anything. */
  boolean looksOnly() {
    return method.equals("GET") || method.equals("HEAD");
  }

  @Override
  public String toString() {
    return method + " from " + address; // what it shows stays secret
  }
}
