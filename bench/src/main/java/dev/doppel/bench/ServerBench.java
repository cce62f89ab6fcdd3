package dev.doppel.bench;

import ai.onnxruntime.OnnxTensor;
import dev.doppel.bench.LoadClient.Load;
import dev.doppel.error.OptionException;
import dev.doppel.model.Encoder;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.embed.EmbedLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Identifying single images through HTTP, against the encoder by itself in ONNX Runtime, in one
 * run.
 *
 * <pre>
 * bench/run ServerBench model=model.onnx
 * bench/run ServerBench model=model.onnx labels=1000 rounds=5 seconds=4
 * </pre>
 *
 * <p>All take turns: ONNX Runtime on one image and on 64, with one thread and with its own choice,
 * spinning or not; then the server with one client and with several, who ask anew as soon as they
 * are answered. The clients live in the same process and share the processors. At the end more
 * clients come than can be served.
 */
public final class ServerBench {

  private static final int BATCH = 64;

  private ServerBench() {}

  /**
   * What to time.
   *
   * @param model the model file; empty for the small encoder before training
   * @param labels enrolled, one image each
   * @param clients of the busy turns
   * @param crowd clients of the last turn
   * @param rounds turns that count
   * @param seconds of each turn
   * @param lanes batches that the server runs at once; 0 for the processors
   * @param threads of each lane
   * @param batch most images of a batch
   */
  record Options(
      String model,
      int labels,
      int clients,
      int crowd,
      int rounds,
      double seconds,
      int lanes,
      int threads,
      int batch) {

    Options {
      OptionException.require(labels >= 1, "labels", labels, "at least 1");
      OptionException.require(clients >= 1, "clients", clients, "at least 1");
      OptionException.require(rounds >= 1, "rounds", rounds, "at least 1");
      OptionException.require(seconds > 0, "seconds", seconds, "above 0");
    }

    static Options defaults() {
      return new Options("", 1000, 16, 200, 5, 3, 0, 1, 16);
    }

    Duration turn() {
      return Duration.ofNanos((long) (seconds * 1e9));
    }
  }

  /** Prints the figures; arguments are {@code name=value}, see {@link Options}. */
  public static void main(String[] arguments) throws IOException {
    run(Arguments.read(Options.defaults(), arguments), System.out);
  }

  static void run(Options options, PrintStream out) throws IOException {
    Path model =
        options.model().isEmpty()
            ? EncoderBench.untrained(Files.createTempFile("doppel-bench", ".onnx"))
            : Path.of(options.model());
    try (OpenModel open = ModelFile.open(model, options.threads())) {
      run(open, model, options, out);
    } finally {
      if (options.model().isEmpty()) {
        Files.delete(model);
      }
    }
  }

  private static void run(OpenModel open, Path model, Options options, PrintStream out) {
    ServerOptions local = ServerOptions.local(0);
    EmbedLimits limits = local.embed();
    int lanes = options.lanes() == 0 ? limits.lanes() : options.lanes();
    ServerOptions serving =
        local.withEmbed(new EmbedLimits(lanes, options.batch(), limits.queue(), limits.patience()));
    try (Served served = Served.start(open.twin(), options.labels(), BATCH, serving)) {
      LoadClient load = new LoadClient(served.address(), served.requests(), Duration.ofMillis(100));
      Turns turns = new Turns(options.turn());
      Encoder encoder = open.twin().encoder();
      try (BareSession one = new BareSession(model, Optional.of(1), false);
          BareSession quiet = new BareSession(model, Optional.empty(), false);
          BareSession usual = new BareSession(model, Optional.empty(), true)) {
        for (int round = 0; round <= options.rounds(); round++) {
          turns.alone("1 thread", one, encoder, served.planes());
          turns.alone("its own threads, not spinning", quiet, encoder, served.planes());
          turns.alone("its own threads", usual, encoder, served.planes());
          turns.load("1 client", () -> load.run(1, options.turn()));
          turns.load("clients", () -> load.run(options.clients(), options.turn()));
          if (round == 0) {
            turns.clear(); // the first did not count
          }
        }
      }
      turns.print(options, out);
      overload(load.run(options.crowd(), options.turn().multipliedBy(2)), options, out);
    }
  }

  private static void overload(Load load, Options options, PrintStream out) {
    double asked = load.nanos().length + load.refused();
    out.printf(
        Locale.ROOT,
        "%d clients: %.0f images/s, p50 %.1f ms, p99 %.1f ms; %.1f %% refused, %d failed%n",
        options.crowd(),
        load.rate(),
        load.milliseconds(0.5),
        load.milliseconds(0.99),
        100 * load.refused() / asked,
        load.failed());
  }

  /** Figures of all turns, by name. */
  private static final class Turns {
    private final Duration time;
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private int failed;
    private int runs;

    Turns(Duration time) {
      this.time = time;
    }

    void clear() {
      figures.clear();
      failed = 0;
    }

    private void add(String name, double figure) {
      figures.computeIfAbsent(name, n -> new java.util.ArrayList<>()).add(figure);
    }

    void alone(String name, BareSession session, Encoder encoder, float[] planes) {
      int plane = encoder.preprocess().length();
      int width = encoder.preprocess().width();
      int height = encoder.preprocess().height();
      int channels = encoder.preprocess().channels();
      int batch = planes.length / plane;
      try (OnnxTensor all = session.tensor(planes, batch, channels, height, width);
          OnnxTensor single =
              session.tensor(Arrays.copyOf(planes, plane), 1, channels, height, width)) {
        add(name + " ms", 1000 * median(() -> session.run(single)));
        long processor = processorNanos();
        runs = 0;
        add(name + " images/s", batch / median(() -> session.run(all)));
        add(name + " processor", (processorNanos() - processor) * 1e-3 / (batch * runs));
      }
    }

    private double median(Runnable work) {
      long end = System.nanoTime() + time.toNanos() / 2;
      double[] seconds = new double[16];
      int count = 0;
      while (count == 0 || System.nanoTime() < end) {
        long begin = System.nanoTime();
        work.run();
        seconds = count < seconds.length ? seconds : Arrays.copyOf(seconds, 2 * count);
        seconds[count++] = (System.nanoTime() - begin) * 1e-9;
      }
      runs = count;
      Arrays.sort(seconds, 0, count);
      return seconds[count / 2];
    }

    private static long processorNanos() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }

    void load(String name, Supplier<Load> run) {
      long processor = processorNanos();
      Load load = run.get();
      add(name + " processor", (processorNanos() - processor) * 1e-3 / load.nanos().length);
      add(name + " asking", load.ownMicroseconds());
      add(name + " p50", load.milliseconds(0.5));
      add(name + " p99", load.milliseconds(0.99));
      add(name + " images/s", load.rate());
      failed += load.failed() + load.refused();
    }

    void print(Options options, PrintStream out) {
      out.printf("%d rounds: median [range]%n", options.rounds());
      for (String name : List.of("1 thread", "its own threads, not spinning", "its own threads")) {
        out.printf(
            "ONNX Runtime, %s: %s ms an image, %s images/s in batches of %d, %s µs of a processor%n",
            name,
            text(name + " ms", 2),
            text(name + " images/s", 0),
            BATCH,
            text(name + " processor", 0));
      }
      out.printf(
          "HTTP, %d labels, 1 client: p50 %s ms, p99 %s ms, %s images/s, %s µs of a processor%n",
          options.labels(),
          text("1 client p50", 2),
          text("1 client p99", 2),
          text("1 client images/s", 0),
          text("1 client processor", 0));
      out.printf(
          "HTTP, %d labels, %d clients: p50 %s ms, p99 %s ms, %s images/s, %s µs of a processor,"
              + " of which the clients took %s%n",
          options.labels(),
          options.clients(),
          text("clients p50", 2),
          text("clients p99", 2),
          text("clients images/s", 0),
          text("clients processor", 0),
          text("clients asking", 0));
      out.printf(
          "one client waits %s ms longer than for ONNX Runtime with its own threads%n",
          spread("1 client p50", "its own threads ms", (a, b) -> a - b).text(2));
      out.printf(
          "%d clients get %s of what ONNX Runtime embeds in batches of %d with its own threads;"
              + " %d failed%n",
          options.clients(),
          spread("clients images/s", "its own threads images/s", (a, b) -> a / b).text(3),
          BATCH,
          failed);
    }

    private String text(String name, int decimals) {
      return spread(name, name, (a, b) -> a).text(decimals);
    }

    private Rounds.Spread spread(
        String name, String other, java.util.function.DoubleBinaryOperator of) {
      List<Double> a = java.util.Objects.requireNonNull(figures.get(name));
      List<Double> b = java.util.Objects.requireNonNull(figures.get(other));
      double[] sorted = new double[a.size()];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = of.applyAsDouble(a.get(i), b.get(i));
      }
      Arrays.sort(sorted);
      double middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
      return new Rounds.Spread(sorted[0], middle, sorted[sorted.length - 1]);
    }
  }
}
