package dev.doppel.bench;

import dev.doppel.bench.LoadClient.Load;
import dev.doppel.error.OptionException;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.server.ServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * How the memory of a server at half its load grows over time, as the operating system counts it.
 *
 * <pre>
 * bench/run SoakBench model=model.onnx minutes=10
 * </pre>
 *
 * <p>Warms up at full load first, which also says what half of it is; then one client after the
 * other pauses so long that half of that is asked for. The clients live in the same process, and
 * count too.
 */
public final class SoakBench {

  private SoakBench() {}

  /**
   * What to do.
   *
   * @param model the model file; empty for the small encoder before training
   * @param labels enrolled, one image each
   * @param clients that ask at the same time
   * @param warmup seconds at full load before anything is counted
   * @param minutes at half load
   * @param looks how often memory is looked at
   */
  record Options(String model, int labels, int clients, double warmup, double minutes, int looks) {

    Options {
      OptionException.require(labels >= 1, "labels", labels, "at least 1");
      OptionException.require(clients >= 1, "clients", clients, "at least 1");
      OptionException.require(warmup > 0, "warmup", warmup, "above 0");
      OptionException.require(minutes > 0, "minutes", minutes, "above 0");
      OptionException.require(looks >= 2, "looks", looks, "at least 2");
    }

    static Options defaults() {
      return new Options("", 1000, 16, 60, 10, 10);
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
    try (OpenModel open = ModelFile.open(model, 1);
        Served served = Served.start(open.twin(), options.labels(), 64, ServerOptions.local(0))) {
      LoadClient full = new LoadClient(served.address(), served.requests(), Duration.ZERO);
      Load busy = full.run(options.clients(), seconds(options.warmup()));
      double half = busy.rate() / 2;
      LoadClient calm =
          new LoadClient(served.address(), served.requests(), Duration.ZERO)
              .everySoOften(Duration.ofNanos((long) (options.clients() / half * 1e9)));
      calm.run(options.clients(), seconds(options.warmup() / 4));
      soak(calm, half, options, out);
    } finally {
      if (options.model().isEmpty()) {
        Files.delete(model);
      }
    }
  }

  private static void soak(LoadClient calm, double half, Options options, PrintStream out)
      throws IOException {
    long first = residentKilobytes();
    long most = first;
    long answers = 0;
    int failed = 0;
    for (int look = 1; look <= options.looks(); look++) {
      Load load = calm.run(options.clients(), seconds(60 * options.minutes() / options.looks()));
      answers += load.nanos().length;
      failed += load.failed() + load.refused();
      most = Math.max(most, residentKilobytes());
      out.printf(
          Locale.ROOT,
          "%4.1f min: %d MB resident, %.0f images/s, p99 %.1f ms%n",
          options.minutes() * look / options.looks(),
          residentKilobytes() >> 10,
          load.rate(),
          load.milliseconds(0.99));
    }
    long last = residentKilobytes();
    out.printf(
        Locale.ROOT,
        "%d answers at half load (%.0f images/s), %d failed: %d MB resident after the warm-up, %d"
            + " at the end (%+.1f %%), %d at most%n",
        answers,
        half,
        failed,
        first >> 10,
        last >> 10,
        100.0 * (last - first) / first,
        most >> 10);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /** Of this process; only Linux tells it in a file. */
  private static long residentKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
