package dev.doppel.bench;

import dev.doppel.error.OptionException;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Encoder;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Encoders;
import dev.doppel.network.ListedEncoder;
import dev.doppel.network.ResidualNet;
import dev.doppel.network.Weights;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import dev.doppel.torch.Initialisation;
import dev.doppel.torch.LibtorchForward;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Images a second and milliseconds for one image of each encoder, out of its model file through
 * ONNX Runtime; the baseline is the same network on libtorch.
 *
 * <pre>
 * bench/run EncoderBench
 * bench/run EncoderBench rounds=10 threads=1
 * </pre>
 *
 * <p>Weights are as before training, planes random ink; both compute in 32 bits with the same
 * number of threads and take turns. Preprocessing is not timed.
 */
public final class EncoderBench {

  private static final String ONNX = "ONNX Runtime";
  private static final String LIBTORCH = "libtorch";
  private static final double INK = 0.08;

  private EncoderBench() {}

  /**
   * What to time.
   *
   * @param images images of a batch
   * @param singles single images a turn
   * @param rounds turns that count
   * @param threads numbers of threads, each timed by itself
   */
  record Options(int images, int singles, int rounds, List<Integer> threads) {

    Options {
      threads = List.copyOf(threads);
      OptionException.require(images >= 1, "images", images, "at least 1");
      OptionException.require(singles >= 1, "singles", singles, "at least 1");
      OptionException.require(rounds >= 1, "rounds", rounds, "at least 1");
      OptionException.require(
          !threads.isEmpty() && threads.stream().allMatch(each -> each >= 1),
          "threads",
          threads,
          "at least 1 each");
    }

    static Options defaults() {
      return new Options(64, 16, 7, List.of(1, 2));
    }
  }

  /** Prints the figures; arguments are {@code name=value}, see {@link Options}. */
  public static void main(String[] arguments) throws IOException {
    run(
        Encoders.all().stream().map(ListedEncoder::architecture).toList(),
        Arguments.read(Options.defaults(), arguments),
        System.out);
  }

  static void run(List<? extends Architecture> architectures, Options options, PrintStream out)
      throws IOException {
    out.printf("%d rounds: median [range]%n", options.rounds());
    Path file = Files.createTempFile("doppel-bench", ".onnx");
    try {
      for (Architecture architecture : architectures) {
        Weights weights = write(file, architecture);
        out.printf(
            Locale.ROOT,
            "%n%s, %d px: %.3f GFLOP an image%n",
            architecture.name(),
            architecture.inputSide(),
            2e-9 * Blueprint.of(architecture).multiplyAdds());
        for (int threads : options.threads()) {
          try (OpenModel model = ModelFile.open(file, threads);
              LibtorchForward libtorch = new LibtorchForward(architecture, weights, threads)) {
            Encoder onnx = model.twin().encoder();
            out.printf("  %d thread%s%n", threads, threads == 1 ? "" : "s");
            batches(onnx, libtorch, options, out);
            singles(onnx, libtorch, options, out);
          }
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void batches(Encoder onnx, Encoder libtorch, Options options, PrintStream out) {
    int count = options.images();
    float[] planes = planes(onnx.preprocess(), count);
    Map<String, Runnable> ways = new LinkedHashMap<>();
    ways.put(ONNX, () -> onnx.embed(planes, count));
    ways.put(LIBTORCH, () -> libtorch.embed(planes, count));
    Rounds rounds = Rounds.of(options.rounds(), ways);
    out.printf(
        "    %d at once: %s images/s, libtorch %s: %s times as fast%n",
        count,
        rounds.rate(ONNX, count).text(0),
        rounds.rate(LIBTORCH, count).text(0),
        rounds.ratio(ONNX, LIBTORCH).text(2));
  }

  private static void singles(Encoder onnx, Encoder libtorch, Options options, PrintStream out) {
    float[] plane = planes(onnx.preprocess(), 1);
    Map<String, Runnable> ways = new LinkedHashMap<>();
    ways.put(ONNX, () -> repeat(onnx, plane, options.singles()));
    ways.put(LIBTORCH, () -> repeat(libtorch, plane, options.singles()));
    Rounds rounds = Rounds.of(options.rounds(), ways);
    out.printf(
        "    one by one: %s ms an image, libtorch %s: %s times as fast%n",
        rounds.milliseconds(ONNX, options.singles()).text(2),
        rounds.milliseconds(LIBTORCH, options.singles()).text(2),
        rounds.ratio(ONNX, LIBTORCH).text(2));
  }

  private static void repeat(Encoder encoder, float[] plane, int times) {
    for (int i = 0; i < times; i++) {
      encoder.embed(plane, 1);
    }
  }

  /** Writes the small encoder as it is before training; the file. */
  static Path untrained(Path file) {
    write(file, ResidualNet.small());
    return file;
  }

  /** Writes an untrained model; its weights. */
  private static Weights write(Path file, Architecture architecture) {
    Weights weights = Initialisation.HE.weights(architecture, Seed.of(0));
    ModelFile.write(
        file,
        architecture,
        weights,
        Preprocess.ink(architecture.inputSide()),
        new Head.Cosine(),
        new Calibration(0, 1, 0),
        new Provenance(architecture.name(), "none", "none", true, 0, Map.of(), Map.of(), Map.of()));
    return weights;
  }

  private static float[] planes(Preprocess preprocess, int count) {
    Draws draws = Seed.of(0).at("ink").draws();
    float[] planes = new float[count * preprocess.length()];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = draws.chance(INK) ? 1 : 0;
    }
    return planes;
  }
}
