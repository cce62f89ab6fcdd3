package dev.doppel.torch;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Head;
import dev.doppel.network.Weights;

/**
 * What a training run leaves: all that a model file needs but its calibration.
 *
 * @param plan the run's settings, epochs as they came out
 * @param weights the encoder's weights
 * @param head what scores two embeddings
 * @param preprocess how images reach the encoder
 * @param history the course of the run
 * @param precision numbers in which products were formed
 * @param complete whether the run came to its planned end, not to a stop in between
 */
public record Trained(
    TrainingPlan plan,
    Weights weights,
    Head head,
    Preprocess preprocess,
    History history,
    Precision precision,
    boolean complete) {}
