package dev.doppel.cli;

import dev.doppel.cli.report.Png;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.network.Blueprint;
import dev.doppel.network.FullyConnectedNet;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import dev.doppel.onnx.ModelFile;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with a small model file, untrained but deterministic, and pictures of a few shapes. */
record TinyWorld(Path folder, Path model, Path gallery) {

  static TinyWorld in(Path folder) {
    Path model = folder.resolve("tiny.onnx");
    model(model, 3);
    return new TinyWorld(folder, model, folder.resolve("tiny.gallery"));
  }

  /** Writes a model; other seeds give other models. */
  static void model(Path file, long seed) {
    FullyConnectedNet net = new FullyConnectedNet(12, 16);
    Draws draws = Seed.of(seed).draws();
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> weight : Blueprint.of(net).weights().entrySet()) {
      float[] array = new float[weight.getValue().size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = (float) draws.gaussian();
      }
      values.put(weight.getKey(), array);
    }
    ModelFile.write(
        file,
        net,
        new Weights(values),
        Preprocess.ink(12),
        new Head.Euclidean(),
        new Calibration(-0.01, 500, 9),
        new Provenance(net.name(), "nothing", "none", false, 3, Map.of(), Map.of(), Map.of()));
  }

  Path ring(String name) {
    Bitmap.Builder ring = new Bitmap.Builder(24, 24);
    for (int i = 0; i < 24; i++) {
      ring.ink(
          (int) (12 + 9 * Math.cos(i * Math.PI / 12)), (int) (12 + 9 * Math.sin(i * Math.PI / 12)));
    }
    return write(name, Png.of(ring.build()));
  }

  Path cross(String name) {
    Bitmap.Builder cross = new Bitmap.Builder(24, 24);
    for (int i = 0; i < 24; i++) {
      cross.ink(i, i);
      cross.ink(23 - i, i);
    }
    return write(name, Png.of(cross.build()));
  }

  /** A bar whose place depends on the number, 0 to 21. */
  Path bar(String name, int at) {
    Bitmap.Builder bar = new Bitmap.Builder(24, 24);
    for (int i = 0; i < 24; i++) {
      bar.ink(at, i);
      bar.ink(at + 1, i);
    }
    return write(name, Png.of(bar.build()));
  }

  Path write(String name, byte[] content) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command on this model. */
  CommandLineRun run(Object... words) {
    return with(words, "--model", model, "--gallery", gallery);
  }

  /** Runs a command that embeds nothing. */
  CommandLineRun look(Object... words) {
    return with(words, "--gallery", gallery);
  }

  private static CommandLineRun with(Object[] words, Object... more) {
    return CommandLineRun.of(Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }
}
