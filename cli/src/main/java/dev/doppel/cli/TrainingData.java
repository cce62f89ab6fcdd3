package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.data.folder.FolderSplit;
import dev.doppel.data.folder.ImageFolder;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.eval.Episodes;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.Protocol;
import dev.doppel.random.Seed;
import dev.doppel.torch.TrainingPlan;

/**
 * What a network learns from, and what it is looked at, calibrated and measured by meanwhile.
 *
 * @param images to learn from
 * @param fingerprint of all that was read
 * @param looks what is asked after each epoch
 * @param calibration what thresholds and probabilities come from, which training never saw
 * @param measure what is asked at the end
 */
record TrainingData(
    Dataset images, String fingerprint, Protocol looks, Dataset calibration, Protocol measure) {

  /** Trials of one round: ten alphabets of twenty characters. */
  private static final int ROUND = 200;

  private static final int WAYS = 5;
  private static final int TRIALS = 1000;

  /** The background alphabets, looked at by the validation alphabets. */
  static TrainingData of(Omniglot omniglot, TrainingPlan plan) {
    Dataset alphabets = omniglot.validationAlphabets();
    int rounds = Math.max(1, plan.validationTrials() / ROUND);
    return new TrainingData(
        learned(omniglot.background(), plan),
        omniglot.fingerprint(),
        new Koch400(alphabets, 20, rounds, 1, plan.seed()),
        alphabets,
        Koch400.standard(alphabets, 1, plan.seed()));
  }

  /** A person's own images, looked at by those that were held back. */
  static TrainingData of(ImageFolder folder, FolderSplit split, TrainingPlan plan) {
    int classes = split.validation().classes().size();
    EpisodeShape shape = EpisodeShape.within(Math.min(WAYS, classes), 1);
    return new TrainingData(
        learned(split.training(), plan),
        folder.fingerprint(),
        new Episodes(split.validation(), shape, plan.validationTrials(), plan.seed()),
        split.validation(),
        new Episodes(split.validation(), shape, TRIALS, plan.seed() + 1));
  }

  /** What is learned from: all alphabets, or as many as the plan says. */
  private static Dataset learned(Dataset all, TrainingPlan plan) {
    return all.someGroups(plan.alphabets(), Seed.of(plan.seed()).at("alphabets"));
  }
}
