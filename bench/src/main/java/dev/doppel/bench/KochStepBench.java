package dev.doppel.bench;

import dev.doppel.error.OptionException;
import dev.doppel.network.Blueprint;
import dev.doppel.option.Settings;
import dev.doppel.torch.Precision;
import dev.doppel.torch.Presets;
import dev.doppel.torch.RepeatedStep;
import dev.doppel.torch.SquareProduct;
import dev.doppel.torch.TrainingPlan;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Training steps a second of Koch's exact net, 105 pixels wide, as a share of what the machine can
 * multiply; and both twins in one pass against two passes.
 *
 * <pre>
 * bench/run KochStepBench
 * bench/run KochStepBench rounds=10 threads=1
 * </pre>
 *
 * <p>Two steps are timed. <em>All pairs</em>: the {@code koch} preset on 16 × 4 images. <em>Drawn
 * pairs</em>: 32 pairs of 64 images, with momentum and without penalty. The yardstick is the
 * product of two square matrices in the same numbers, the baseline of the ratio the two passes; all
 * take turns. A step is forward, backward and update; batches are made beforehand, of random ink.
 */
public final class KochStepBench {

  private static final String PRODUCT = "product";
  private static final String ALL_PAIRS = "all pairs";
  private static final String ONE_PASS = "drawn pairs";
  private static final String TWO_PASSES = "drawn pairs, two passes";

  private KochStepBench() {}

  /**
   * What to time.
   *
   * @param classes classes of a step on all pairs
   * @param shots images a class
   * @param pairs pairs of a step on drawn pairs, two images each
   * @param side of the matrices multiplied
   * @param rounds turns that count
   * @param threads that libtorch uses
   */
  record Options(int classes, int shots, int pairs, int side, int rounds, int threads) {

    Options {
      OptionException.require(classes >= 2, "classes", classes, "at least 2");
      OptionException.require(shots >= 2, "shots", shots, "at least 2");
      OptionException.require(pairs >= 2, "pairs", pairs, "at least 2");
      OptionException.require(side >= 1, "side", side, "at least 1");
      OptionException.require(rounds >= 1, "rounds", rounds, "at least 1");
      OptionException.require(threads >= 1, "threads", threads, "at least 1");
    }

    static Options defaults() {
      return new Options(16, 4, 32, 2048, 5, Runtime.getRuntime().availableProcessors());
    }
  }

  /** Prints the figures; arguments are {@code name=value}, see {@link Options}. */
  public static void main(String[] arguments) {
    TrainingPlan drawn = Settings.with(Presets.named("koch-paper"), "objective.l2", "0");
    run(Presets.named("koch"), drawn, Arguments.read(Options.defaults(), arguments), System.out);
  }

  /**
   * Times both steps in both precisions.
   *
   * @param allPairs how steps on all pairs are taken
   * @param drawn how steps on drawn pairs are taken; of the same architecture
   */
  static void run(TrainingPlan allPairs, TrainingPlan drawn, Options options, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s, %d px: %.2f GFLOP an image and step; %d threads, %d rounds: median [range]%n",
        allPairs.architecture().name(),
        allPairs.architecture().inputSide(),
        6e-9 * Blueprint.of(allPairs.architecture()).multiplyAdds(),
        options.threads(),
        options.rounds());
    for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
      String name = precision.name().toLowerCase(Locale.ROOT);
      out.printf("%n%s%n", name);
      time(
          Settings.with(allPairs, "precision", name),
          Settings.with(drawn, "precision", name),
          options,
          out);
    }
  }

  private static void time(
      TrainingPlan allPairs, TrainingPlan drawn, Options options, PrintStream out) {
    int threads = options.threads();
    try (SquareProduct product = new SquareProduct(options.side(), drawn.precision());
        RepeatedStep all = RepeatedStep.allPairs(allPairs, options.classes(), options.shots());
        RepeatedStep one = RepeatedStep.drawnPairs(drawn, options.pairs());
        RepeatedStep two = RepeatedStep.drawnPairsInTwoPasses(drawn, options.pairs())) {
      Map<String, Runnable> ways = new LinkedHashMap<>();
      ways.put(PRODUCT, () -> product.take(threads));
      ways.put(ALL_PAIRS, () -> all.take(threads));
      ways.put(ONE_PASS, () -> one.take(threads));
      ways.put(TWO_PASSES, () -> two.take(threads));
      Rounds rounds = Rounds.of(options.rounds(), ways);

      out.printf(
          "  %-24s %s GFLOP/s%n",
          "%1$d×%1$d %2$s".formatted(options.side(), PRODUCT),
          rounds.rate(PRODUCT, 1e-9 * product.operations()).text(0));
      print(ALL_PAIRS, all, product, rounds, out);
      print(ONE_PASS, one, product, rounds, out);
      print(TWO_PASSES, two, product, rounds, out);
      out.printf(
          "  one pass is %s times as fast as two passes%n",
          rounds.ratio(ONE_PASS, TWO_PASSES).text(2));
    }
  }

  private static void print(
      String way, RepeatedStep step, SquareProduct product, Rounds rounds, PrintStream out) {
    out.printf(
        "  %-24s %s steps/s, %s images/s, %s GFLOP/s: %s of the product%n",
        way,
        rounds.rate(way, 1).text(3),
        rounds.rate(way, step.images()).text(1),
        rounds.rate(way, 1e-9 * step.operations()).text(0),
        rounds.ratio(way, PRODUCT).times(step.operations() / product.operations()).text(2));
  }
}
