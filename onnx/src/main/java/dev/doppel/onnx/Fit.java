package dev.doppel.onnx;

import dev.doppel.error.ModelException;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import java.nio.file.Path;
import java.util.Map;

/** Whether the parts of a model belong together, asked before any of them is written. */
final class Fit {

  /** ONNX files are protobuf messages, which end at 2 GB; some room for all but the weights. */
  private static final long LARGEST = Integer.MAX_VALUE - (64L << 20);

  private Fit() {}

  /** Wrong combinations are faults of the caller. */
  static void check(
      Blueprint blueprint,
      Weights weights,
      Preprocess preprocess,
      Head head,
      Provenance provenance) {
    Architecture architecture = blueprint.architecture();
    Map<String, Shape> expected = blueprint.weights();
    demand(
        weights.values().keySet().equals(expected.keySet()),
        "weights " + weights.values().keySet() + " instead of " + expected.keySet());
    for (Map.Entry<String, Shape> weight : expected.entrySet()) {
      int length = weights.get(weight.getKey()).length;
      demand(
          length == weight.getValue().size(),
          length + " numbers in weight " + weight.getKey() + " of shape " + weight.getValue());
    }
    demand(
        preprocess.width() == architecture.inputSide()
            && preprocess.height() == architecture.inputSide()
            && preprocess.channels() == architecture.inputChannels(),
        preprocess + " does not fit " + architecture);
    demand(fits(head, blueprint.dim()), head + " for embeddings of length " + blueprint.dim());
    demand(
        provenance.architecture().equals(architecture.name()),
        "provenance of " + provenance.architecture() + " for " + architecture.name());
  }

  /** What a training run that went wrong, or a very large network, leads to. */
  static void checkNumbers(
      Path file, Blueprint blueprint, Weights weights, Preprocess preprocess, Head head) {
    long bytes = 0;
    for (Map.Entry<String, float[]> weight : weights.values().entrySet()) {
      finite(file, "weight " + weight.getKey(), weight.getValue());
      bytes += 4L * weight.getValue().length;
    }
    if (head instanceof Head.WeightedL1 weighted) {
      finite(file, "the head's weights", weighted.weights());
      finite(file, "the head's bias", weighted.bias());
    }
    preprocess.mean().forEach(mean -> finite(file, "the preprocessing's mean", mean));
    preprocess.std().forEach(std -> finite(file, "the preprocessing's std", std));
    if (bytes > LARGEST) {
      throw new ModelException(
          "%s: the weights of %s are %,d bytes"
              .formatted(file, blueprint.architecture().name(), bytes),
          "An ONNX file holds at most 2 GB",
          "Make the network smaller");
    }
  }

  /** Whether a head takes embeddings of this length. */
  static boolean fits(Head head, int dim) {
    return !(head instanceof Head.WeightedL1 weighted) || weighted.weights().length == dim;
  }

  private static void finite(Path file, String name, float... values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new ModelException(
            file + " was not written: " + name + " holds " + value,
            "Every number of a model is finite",
            "The training diverged: lower its rate or resume from an earlier checkpoint");
      }
    }
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
