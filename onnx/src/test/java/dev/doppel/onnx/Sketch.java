package dev.doppel.onnx;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Weights;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model nobody trained: random weights, and parts with awkward numbers and texts. */
record Sketch(
    Architecture architecture,
    Weights weights,
    Preprocess preprocess,
    Head head,
    Calibration calibration,
    Provenance provenance) {

  static Sketch of(Architecture architecture, Head head) {
    return new Sketch(
        architecture,
        randomWeights(Blueprint.of(architecture)),
        Preprocess.ink(architecture.inputSide()),
        head,
        new Calibration(0.1, 1.0 / 3, -2.5e-7),
        provenance(architecture.name()));
  }

  String write(Path file) {
    return ModelFile.write(file, architecture, weights, preprocess, head, calibration, provenance);
  }

  Sketch withHead(Head other) {
    return new Sketch(architecture, weights, preprocess, other, calibration, provenance);
  }

  Sketch withPreprocess(Preprocess other) {
    return new Sketch(architecture, weights, other, head, calibration, provenance);
  }

  Sketch withWeights(Weights other) {
    return new Sketch(architecture, other, preprocess, head, calibration, provenance);
  }

  /** Random planes, a row of {@code count} of them, between paper and ink. */
  float[] planes(int count, long seed) {
    return uniform(Seed.of(seed).draws(), new float[count * preprocess.length()], 0, 1);
  }

  static Provenance provenance(String architecture) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("zebra", "first as given");
    options.put("alphabet", "ᐃᓄᒃ \"quoted\" \\ \n new line \u0000 zero");
    options.put("empty", "");
    return new Provenance(
        architecture,
        "omniglot background",
        "0123abcd",
        false,
        Long.MIN_VALUE + 1,
        options,
        Map.of("doppel", "0.1.0-test", "libtorch", "2.10.0"),
        Map.of("lake20", "{\"accuracy\":0.955}"));
  }

  /** Uniform, scaled so that activations neither vanish nor saturate. */
  private static Weights randomWeights(Blueprint blueprint) {
    Map<String, float[]> values = new LinkedHashMap<>();
    blueprint
        .weights()
        .forEach(
            (name, shape) -> {
              Draws draws = Seed.of(7).at(name).draws();
              float[] weight = new float[shape.size()];
              if (name.endsWith(".variance")) {
                uniform(draws, weight, 0.5, 2);
              } else if (shape.axes().size() > 1) {
                double reach = Math.sqrt(6.0 * shape.axis(0) / shape.size());
                uniform(draws, weight, -reach, reach);
              } else {
                uniform(draws, weight, name.endsWith(".norm.weight") ? 0.5 : -0.2, 1);
              }
              values.put(name, weight);
            });
    return new Weights(values);
  }

  static float[] uniform(Draws draws, float[] values, double low, double high) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.between(low, high);
    }
    return values;
  }

  /** Koch's head for this architecture. */
  static Head weightedL1(Architecture architecture) {
    int dim = Blueprint.of(architecture).dim();
    return new Head.WeightedL1(uniform(Seed.of(8).draws(), new float[dim], -1, 1), -0.1f);
  }

  /** A small net for tests that need no more. */
  static Sketch tiny() {
    Architecture architecture =
        new dev.doppel.network.ResidualNet(8, 1, 3, 1, java.util.List.of(4), 5);
    return of(architecture, weightedL1(architecture));
  }
}
