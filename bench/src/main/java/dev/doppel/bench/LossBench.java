package dev.doppel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.doppel.error.OptionException;
import dev.doppel.loss.AngularLoss;
import dev.doppel.loss.AngularNPairLoss;
import dev.doppel.loss.AngularTripletLoss;
import dev.doppel.loss.BatchHard;
import dev.doppel.loss.BatchLoss;
import dev.doppel.loss.ContrastiveLoss;
import dev.doppel.loss.Distance;
import dev.doppel.loss.DistanceWeighted;
import dev.doppel.loss.ExponentialContrastiveLoss;
import dev.doppel.loss.Hinge;
import dev.doppel.loss.LiftedStructureLoss;
import dev.doppel.loss.MultiSimilarityLoss;
import dev.doppel.loss.NPairLoss;
import dev.doppel.loss.NtXentLoss;
import dev.doppel.loss.PairMiner;
import dev.doppel.loss.PlainLoss;
import dev.doppel.loss.RandomBatch;
import dev.doppel.loss.Reduction;
import dev.doppel.loss.SupervisedContrastiveLoss;
import dev.doppel.loss.TripletBand;
import dev.doppel.loss.TripletLoss;
import dev.doppel.loss.TripletMiner;
import dev.doppel.loss.WhenEmpty;
import dev.doppel.random.Seed;
import dev.doppel.torch.Precision;
import dev.doppel.torch.SquareProduct;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * Each loss over a batch, from embeddings to their gradient, mining included; beside it its formula
 * tuple by tuple, and what the machine can multiply.
 *
 * <pre>
 * bench/run LossBench
 * bench/run LossBench threads=1 plain=false
 * bench/run LossBench peer=losses.jsonl
 * </pre>
 *
 * <p>The first seven have the settings that pytorch-metric-learning has by default, and its names;
 * {@code peer} names a file whose last line is a JSON object with {@code
 * results.NAME.BATCH.ms.median}, the milliseconds of another program. Losses take turns, several
 * calls each. The memory of a loss is all that one call allocates, so its peak is no higher.
 */
public final class LossBench {

  private static final String PRODUCT = "product";

  /** Half as large again as the spread of the classes, as early in training. */
  private static final double NOISE = 1.5;

  /** Calls before any is timed, for the compiler to have done its work. */
  private static final int WARM = 20;

  private LossBench() {}

  /**
   * What to time.
   *
   * @param batch embeddings
   * @param dim of each
   * @param perClass embeddings of each class
   * @param rounds turns that count
   * @param calls of each loss a turn
   * @param threads of the losses and the product
   * @param side of the matrices multiplied
   * @param plain whether to time the plain twins too, one call each
   * @param peer a file of another program's times, or nothing
   */
  record Options(
      int batch,
      int dim,
      int perClass,
      int rounds,
      int calls,
      int threads,
      int side,
      boolean plain,
      String peer) {

    Options {
      OptionException.require(perClass >= 2, "perClass", perClass, "at least 2");
      OptionException.require(batch >= 2 * perClass, "batch", batch, "at least two classes");
      OptionException.require(dim >= 1, "dim", dim, "at least 1");
      OptionException.require(rounds >= 1, "rounds", rounds, "at least 1");
      OptionException.require(calls >= 1, "calls", calls, "at least 1");
      OptionException.require(threads >= 1, "threads", threads, "at least 1");
      OptionException.require(side >= 1, "side", side, "at least 1");
    }

    static Options defaults() {
      return new Options(1024, 128, 8, 7, 5, 2, 2048, true, "");
    }
  }

  /** Prints the figures; arguments are {@code name=value}, see {@link Options}. */
  public static void main(String[] arguments) throws IOException {
    run(Arguments.read(Options.defaults(), arguments), System.out);
  }

  private static TripletLoss triplet(TripletMiner miner) {
    return new TripletLoss(Distance.EUCLIDEAN, miner, 0.2, Hinge.RELU, Reduction.MEAN_ACTIVE);
  }

  private static Map<String, BatchLoss> losses() {
    MultiSimilarityLoss multi = MultiSimilarityLoss.defaults();
    Map<String, BatchLoss> losses = new LinkedHashMap<>();
    losses.put("triplet_all", triplet(TripletBand.ALL).onUnitSphere());
    losses.put("triplet_semihard", triplet(TripletBand.semiHard(0.2)).onUnitSphere());
    losses.put("triplet_batch_hard", triplet(new BatchHard()).onUnitSphere());
    losses.put("contrastive", ContrastiveLoss.withMargin(1).onUnitSphere());
    losses.put("angular", AngularLoss.withAlpha(40).onUnitSphere());
    losses.put("multi_similarity", multi.withMiner(PairMiner.all()));
    losses.put("multi_similarity_mined", multi);
    losses.put("triplet_soft_all", softTriplet().onUnitSphere());
    losses.put("triplet_distance_weighted", triplet(DistanceWeighted.defaults()).onUnitSphere());
    losses.put("angular_triplet", new AngularTripletLoss(40, Reduction.MEAN).onUnitSphere());
    losses.put("n_pair_and_angular", AngularNPairLoss.withAlpha(45).withNPair(2).onUnitSphere());
    losses.put("n_pair", NPairLoss.plain().onUnitSphere());
    losses.put("nt_xent", NtXentLoss.withTemperature(0.1));
    losses.put("supervised_contrastive", SupervisedContrastiveLoss.withTemperature(0.1));
    losses.put("lifted_structure", new LiftedStructureLoss(1, Reduction.MEAN).onUnitSphere());
    losses.put("exponential", new ExponentialContrastiveLoss(20, Reduction.MEAN).onUnitSphere());
    return losses;
  }

  private static TripletLoss softTriplet() {
    return new TripletLoss(
        Distance.EUCLIDEAN, TripletBand.ALL, 0.2, Hinge.SOFTPLUS, Reduction.MEAN);
  }

  private static Map<String, PlainLoss> twins() {
    Distance euclidean = Distance.EUCLIDEAN;
    Reduction active = Reduction.MEAN_ACTIVE;
    Map<String, PlainLoss> twins = new LinkedHashMap<>();
    twins.put(
        "triplet_all", PlainLoss.triplet(euclidean, (near, far) -> true, 0.2, Hinge.RELU, active));
    twins.put(
        "triplet_semihard",
        PlainLoss.triplet(
            euclidean, (near, far) -> far > near && far < near + 0.2, 0.2, Hinge.RELU, active));
    twins.put("triplet_batch_hard", PlainLoss.batchHard(euclidean, 0.2, Hinge.RELU, active));
    twins.put("contrastive", PlainLoss.contrastive(euclidean, 1, Reduction.MEAN));
    twins.put("angular", PlainLoss.angular(40, Reduction.MEAN));
    twins.put("multi_similarity", PlainLoss.multiSimilarity(2, 50, 0.5, null, Reduction.MEAN));
    twins.put("multi_similarity_mined", PlainLoss.multiSimilarity(2, 50, 0.5, 0.1, Reduction.MEAN));
    return twins;
  }

  /** Times all losses, and prints a line each. */
  static void run(Options options, PrintStream out) throws IOException {
    int[] sizes = new int[options.batch() / options.perClass()];
    Arrays.fill(sizes, options.perClass());
    RandomBatch random = RandomBatch.of(Seed.of(1), options.dim(), 1, NOISE, sizes);
    Map<String, Double> peer = peer(options);
    out.printf(
        Locale.ROOT,
        "%d × %d, %d a class; %d threads, %d rounds of %d calls: median [range]%n",
        random.batch().count(),
        options.dim(),
        options.perClass(),
        options.threads(),
        options.rounds(),
        options.calls());
    ForkJoinPool pool = new ForkJoinPool(options.threads());
    try (SquareProduct product = new SquareProduct(options.side(), Precision.FLOAT32)) {
      Map<String, BatchLoss> losses = losses();
      Map<String, Runnable> ways = new LinkedHashMap<>();
      ways.put(PRODUCT, () -> product.take(options.threads()));
      losses.forEach(
          (name, loss) -> ways.put(name, () -> call(pool, loss, random, options.calls())));
      Map<String, PlainLoss> twins = options.plain() ? twins() : Map.of();
      twins.forEach(
          (name, twin) ->
              ways.put("plain " + name, () -> twin.of(random.rows(), random.batch().labels())));
      for (int i = 0; i < WARM; i++) {
        losses.values().forEach(loss -> call(pool, loss, random, 1));
      }
      Rounds rounds = Rounds.of(options.rounds(), ways);

      out.printf(
          "%1$d×%1$d product: %2$s GFLOP/s%n%n",
          options.side(), rounds.rate(PRODUCT, 1e-9 * product.operations()).text(0));
      for (Map.Entry<String, BatchLoss> loss : losses.entrySet()) {
        String name = loss.getKey();
        out.printf(
            Locale.ROOT,
            "%-26s %s ms, %s of the product, %.1f MB%s%s%n",
            name,
            rounds.milliseconds(name, options.calls()).text(1),
            rounds.ratio(name, PRODUCT).times(share(options, product)).text(2),
            allocated(loss.getValue(), random) * 1e-6,
            twins.containsKey(name)
                ? ", %s× the plain one"
                    .formatted(rounds.ratio(name, "plain " + name).times(options.calls()).text(0))
                : "",
            peer.containsKey(name)
                ? String.format(
                    Locale.ROOT,
                    ", %.1f× the peer's %.1f ms",
                    peer.get(name) / rounds.milliseconds(name, options.calls()).median(),
                    peer.get(name))
                : "");
      }
    } finally {
      pool.shutdown();
    }
  }

  /** The operations of both products a loss needs, and of all calls, by those of the yardstick. */
  private static double share(Options options, SquareProduct product) {
    double operations = 4.0 * options.batch() * options.batch() * options.dim();
    return operations * options.calls() / product.operations();
  }

  private static void call(ForkJoinPool pool, BatchLoss loss, RandomBatch random, int times) {
    pool.submit(
            () -> {
              for (int i = 0; i < times; i++) {
                loss.of(random.batch(), WhenEmpty.COUNT);
              }
            })
        .join();
  }

  /** Bytes that one call allocates, on one thread. */
  private static long allocated(BatchLoss loss, RandomBatch random) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ForkJoinPool alone = new ForkJoinPool(1);
    try {
      return alone
          .submit(
              () -> {
                long before = threads.getCurrentThreadAllocatedBytes();
                loss.of(random.batch(), WhenEmpty.COUNT);
                return threads.getCurrentThreadAllocatedBytes() - before;
              })
          .join();
    } finally {
      alone.shutdown();
    }
  }

  /** Another program's median milliseconds at this batch size, by loss. */
  private static Map<String, Double> peer(Options options) throws IOException {
    Map<String, Double> times = new LinkedHashMap<>();
    if (!options.peer().isEmpty()) {
      List<String> lines = Files.readAllLines(Path.of(options.peer()));
      JsonNode results = new ObjectMapper().readTree(lines.get(lines.size() - 1)).path("results");
      for (Map.Entry<String, JsonNode> each : results.properties()) {
        JsonNode batch = each.getValue().path(String.valueOf(options.batch()));
        JsonNode median = batch.path("ms").path("median");
        if (median.isNumber()) {
          times.put(each.getKey(), median.asDouble());
        }
      }
      OptionException.require(
          !times.isEmpty(),
          "peer",
          options.peer(),
          "a file whose last line has results.NAME." + options.batch() + ".ms.median");
    }
    return times;
  }
}
