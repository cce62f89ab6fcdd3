package dev.doppel.server.embed;

import dev.doppel.error.OptionException;
import java.time.Duration;

/**
 * How much is embedded at once, and how much may wait.
 *
 * @param lanes batches that run at the same time
 * @param batch most images of a batch
 * @param queue most images that wait for theirs
 * @param patience how long one may wait
 */
public record EmbedLimits(int lanes, int batch, int queue, Duration patience) {

  public EmbedLimits {
    OptionException.require(lanes >= 1, "lanes", lanes, "at least 1");
    OptionException.require(batch >= 1, "batch", batch, "at least 1");
    OptionException.require(queue >= 1, "queue", queue, "at least 1");
    OptionException.require(patience.toMillis() >= 1, "patience", patience, "at least 1 ms");
  }
}
