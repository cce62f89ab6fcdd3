package dev.doppel.server.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One line for each answer, {@code name=value}, through {@link System.Logger}.
 *
 * <p>Says which route, never the address itself: that may hold labels, and labels may be people.
 */
final class AccessLog {

  private static final Logger LOG = System.getLogger("dev.doppel.server.access");
  private static final double MILLION = 1e6;

  private AccessLog() {}

  static void write(
      String id, String caller, String method, String route, int status, long bytes, long nanos) {
    Level level = status >= 500 && status != 503 ? Level.WARNING : Level.INFO;
    if (LOG.isLoggable(level)) {
      LOG.log(
          level,
          "request=%s key=%s method=%s route=%s status=%d bytes=%d ms=%.1f"
              .formatted(
                  id,
                  caller.isEmpty() ? "-" : caller,
                  method,
                  route,
                  status,
                  bytes,
                  nanos / MILLION));
    }
  }
}
