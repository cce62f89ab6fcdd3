package dev.doppel.torch;

import dev.doppel.error.OptionException;

/**
 * Settings of {@link AdamW} with a cosine schedule.
 *
 * @param rate highest learning rate
 * @param weightDecay share of each kernel taken away a step, times the rate
 * @param warmup share of the run in which the rate rises from 0, before it falls to 0 as a cosine
 */
public record AdamWOptions(double rate, double weightDecay, double warmup)
    implements OptimiserOptions {

  public AdamWOptions {
    OptionException.require(rate > 0, "optimiser.rate", rate, "above 0");
    OptionException.require(weightDecay >= 0, "optimiser.weightDecay", weightDecay, "0 or above");
    OptionException.require(warmup >= 0 && warmup < 1, "optimiser.warmup", warmup, "in [0, 1)");
  }
}
