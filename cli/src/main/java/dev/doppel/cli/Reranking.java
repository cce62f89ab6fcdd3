package dev.doppel.cli;

import dev.doppel.baseline.Baselines;
import dev.doppel.eval.Matcher;
import dev.doppel.eval.Reranked;
import dev.doppel.option.Settings;

/**
 * Who looks at a model's closest answers again: {@code deformable:top=5,weight=1.5,lead=0.25}.
 *
 * @param by the name of a baseline
 * @param rule how many of them, and how much it counts
 */
record Reranking(String by, Reranked.Rule rule) {

  /**
   * Reads the option.
   *
   * @throws dev.doppel.error.OptionException if a name is unknown, or a value out of its range
   */
  static Reranking of(String given) {
    NamedSettings named = NamedSettings.of("--rerank", given);
    Matcher known = Baselines.named(named.name()); // or refused
    return new Reranking(known.name(), Settings.with(Reranked.Rule.CHOSEN, named.settings()));
  }

  /** The model's answers, looked at again, with progress. */
  Matcher over(Matcher model, Progress progress) {
    return new Reranked(model, new CountedMatcher(Baselines.named(by), progress), rule);
  }
}
