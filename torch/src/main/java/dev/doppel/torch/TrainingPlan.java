package dev.doppel.torch;

import dev.doppel.augment.Distortion;
import dev.doppel.error.OptionException;
import dev.doppel.image.Preprocess;
import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Blueprint.Role;

/**
 * Every setting of a training run; with its data and seed it determines all numbers of the result.
 *
 * @param preset the name it started from
 * @param architecture the encoder
 * @param initialisation where its weights begin
 * @param objective the loss, and what its batches are made of
 * @param optimiser what moves the weights
 * @param centred whether each image is first moved so that its ink's centre is in the middle, in
 *     training and in use
 * @param distortion what happens to each image on its way into a batch
 * @param batch distinct images a step (drawn pairs: pairs a step)
 * @param shards equal parts of a batch that are learned from side by side, each with batch
 *     statistics of its own; 1 for Koch's loss over pairs
 * @param epochs passes planned; the rate's schedule runs over them
 * @param imagesPerEpoch images (drawn pairs: pairs) between two looks at the validation alphabets;
 *     0 for a pass over all there are
 * @param averaging share of the old in the running average of the weights, a step; 0 for none
 * @param validationTrials one-shot trials a look
 * @param patience epochs without a better look that end the run; 0 for never
 * @param restoreBest whether the result is the best epoch's weights rather than the last's
 * @param precision numbers in which products are formed
 * @param seed root of every random number of the run
 * @param view how the network sees a picture
 * @param freezeStatistics share of the run after which batch norms keep the running statistics they
 *     have and use those, as in recognition, rather than each batch's own; 1 for never
 * @param alphabets of the groups of classes there are, learn from this many only, which the seed
 *     draws; 0 for all
 */
public record TrainingPlan(
    String preset,
    Architecture architecture,
    Initialisation initialisation,
    ObjectiveOptions objective,
    OptimiserOptions optimiser,
    boolean centred,
    Distortion distortion,
    int batch,
    int shards,
    int epochs,
    int imagesPerEpoch,
    double averaging,
    int validationTrials,
    int patience,
    boolean restoreBest,
    Precision precision,
    long seed,
    ViewOptions view,
    double freezeStatistics,
    int alphabets) {

  /** A batch lies in memory whole, with all that its layers make of it. */
  private static final int MOST_IMAGES = 16_384;

  /** A plan for handwriting. */
  public TrainingPlan(
      String preset,
      Architecture architecture,
      Initialisation initialisation,
      ObjectiveOptions objective,
      OptimiserOptions optimiser,
      boolean centred,
      Distortion distortion,
      int batch,
      int shards,
      int epochs,
      int imagesPerEpoch,
      double averaging,
      int validationTrials,
      int patience,
      boolean restoreBest,
      Precision precision,
      long seed) {
    this(
        preset,
        architecture,
        initialisation,
        objective,
        optimiser,
        centred,
        distortion,
        batch,
        shards,
        epochs,
        imagesPerEpoch,
        averaging,
        validationTrials,
        patience,
        restoreBest,
        precision,
        seed,
        ViewOptions.ofInk(),
        1,
        0);
  }

  public TrainingPlan {
    OptionException.require(
        batch >= 2 && batch <= MOST_IMAGES, "batch", batch, "2 to " + MOST_IMAGES);
    OptionException.require(
        shards >= 1 && batch % shards == 0 && batch / shards >= 2,
        "shards",
        shards,
        "a divisor of the batch, " + batch + ", that leaves 2 images a shard");
    OptionException.require(
        shards == 1 || !(objective instanceof KochVerificationOptions),
        "shards",
        shards,
        "1, since the loss over pairs needs all images of a batch together");
    if (objective instanceof MetricOptions metric) {
      metric.requireFits(batch, optimiser);
    }
    requireOneMeaning(objective, view);
    OptionException.require(epochs >= 1, "epochs", epochs, "at least 1");
    OptionException.require(imagesPerEpoch >= 0, "imagesPerEpoch", imagesPerEpoch, "0 or above");
    OptionException.require(averaging >= 0 && averaging < 1, "averaging", averaging, "in [0, 1)");
    OptionException.require(
        validationTrials >= 20, "validationTrials", validationTrials, "at least 20");
    OptionException.require(patience >= 0, "patience", patience, "0 or above");
    OptionException.require(
        freezeStatistics >= 0 && freezeStatistics <= 1,
        "freezeStatistics",
        freezeStatistics,
        "in [0, 1]");
    OptionException.require(alphabets >= 0, "alphabets", alphabets, "0 or above");
    if (freezeStatistics < 1 && !Blueprint.of(architecture).roles().containsValue(Role.MEAN)) {
      throw new OptionException(
          "freezeStatistics " + freezeStatistics + " for the encoder " + architecture.name(),
          "It has no batch norm, so it keeps no statistics",
          "Leave it out, or take an encoder that has: doppel encoders");
    }
  }

  /** New classes must be of ink, and none may look like another. */
  private static void requireOneMeaning(ObjectiveOptions objective, ViewOptions view) {
    boolean joins = false;
    int rotations = 1;
    if (objective instanceof CosineSoftmaxOptions softmax) {
      joins = softmax.ligatures() > 0;
      rotations = softmax.rotations();
    } else if (objective instanceof MetricOptions metric) {
      joins = metric.ligatures() > 0;
      rotations = metric.rotations();
    }
    if (joins && !view.ink()) {
      throw new OptionException(
          "objective.ligatures for photographs",
          "Only ink on nothing can be joined, and view.ink is false",
          "For handwriting take the preset everyday or record, or --set view.ink=true");
    }
    if (view.flip() && (joins || rotations > 4)) {
      throw new OptionException(
          joins ? "objective.ligatures and view.flip" : "objective.rotations above 4 and view.flip",
          "What is shown as in a mirror at random would be of two classes at once",
          "--set view.flip=false, or leave them out");
    }
  }

  /**
   * Whether batch norms keep their statistics.
   *
   * @param progress share of the run that is done
   */
  boolean statisticsFrozen(double progress) {
    return freezeStatistics < 1 && progress >= freezeStatistics;
  }

  /** The same plan with another loss, and what that asks of the optimiser and the batch. */
  TrainingPlan with(ObjectiveOptions other, OptimiserOptions moved, int images) {
    return new TrainingPlan(
        preset,
        architecture,
        initialisation,
        other,
        moved,
        centred,
        distortion,
        images,
        images % shards == 0 && images / shards >= 2 ? shards : 1,
        epochs,
        imagesPerEpoch,
        averaging,
        validationTrials,
        patience,
        restoreBest,
        precision,
        seed,
        view,
        freezeStatistics,
        alphabets);
  }

  /** How images reach the encoder. */
  Preprocess preprocess() {
    return view.preprocess(architecture, centred);
  }
}
