package dev.doppel.loss;

import dev.doppel.error.OptionException;
import java.util.Optional;

/**
 * Follows a loss over many batches: counts those with nothing to compare, and says when it has been
 * stuck where it would be if all embeddings were the same. Not thread-safe; owned by one trainer.
 */
public final class LossWatch {

  private final String loss;
  private final int patience;
  private long batches;
  private long empty;
  private double sum;
  private double activeShare;
  private int stuck;
  private double stuckAt;

  /**
   * @param loss its name, for messages
   * @param patience after how many batches in a row at the value of collapse it is called so
   */
  public LossWatch(String loss, int patience) {
    OptionException.require(patience >= 1, "watch.patience", patience, "at least 1");
    this.loss = loss;
    this.patience = patience;
  }

  /** Takes note of a batch. */
  public void saw(LossResult result) {
    batches++;
    if (result.empty()) {
      empty++;
      return;
    }
    sum += result.value();
    activeShare += result.counts().activeShare();
    stuck = result.atCollapseValue() ? stuck + 1 : 0;
    stuckAt = result.atCollapse();
  }

  /** Batches seen. */
  public long batches() {
    return batches;
  }

  /** Batches among them in which there was nothing to compare. */
  public long empty() {
    return empty;
  }

  /** The mean loss of the others; NaN if there were none. */
  public double mean() {
    return sum / (batches - empty);
  }

  /** The mean share of their selected tuples that cost anything; NaN if there were none. */
  public double activeShare() {
    return activeShare / (batches - empty);
  }

  /** What is wrong, in a sentence, if the loss has been stuck at the value of collapse. */
  public Optional<String> collapse() {
    if (stuck < patience) {
      return Optional.empty();
    }
    return Optional.of(
        "The %s loss has stayed at %.4g for %d batches, its value if all embeddings are the same"
            .formatted(loss, stuckAt, stuck));
  }
}
