package dev.doppel.torch;

import dev.doppel.error.TrainingException;
import dev.doppel.loss.AnchorLoss;
import dev.doppel.loss.BatchLoss;
import dev.doppel.loss.CrossBatchMemory;
import dev.doppel.loss.EpisodeLoss;
import dev.doppel.loss.EpisodeResult;
import dev.doppel.loss.LabelledBatch;
import dev.doppel.loss.LossResult;
import dev.doppel.loss.LossWatch;
import dev.doppel.loss.ProxyLoss;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Head;
import dev.doppel.network.Operators;
import dev.doppel.network.Shape;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A loss of {@link dev.doppel.loss} over all embeddings of a batch together: between the items of
 * the batch, with one learned row a class, or over an episode.
 *
 * <p>Not thread-safe; owned by one trainer.
 */
final class MetricObjective implements Objective {

  private static final String PROXIES = "classes.weight";

  private final MetricOptions options;
  private final int dim;
  private final @Nullable Tensor proxies;
  private final @Nullable CrossBatchMemory memory;
  private final LossWatch watch;
  private long batches;
  private long empty;

  /**
   * A loss with its gradients.
   *
   * @param value the loss
   * @param gradient by the rows, {@code [count, dim]}
   * @param byParameter by each of {@link #parameters()}
   */
  record Given(double value, float[] gradient, Map<String, float[]> byParameter) {}

  /**
   * @param classes to tell apart; only losses with a learned row a class look at it
   * @param seed of these rows
   */
  MetricObjective(MetricOptions options, int classes, int dim, Seed seed) {
    this.options = options;
    this.dim = dim;
    this.watch = new LossWatch(options.loss(), options.patience());
    this.memory =
        options.memory() > 0
            ? new CrossBatchMemory((AnchorLoss) options.formula(), options.memory())
            : null;
    if (options.formula() instanceof ProxyLoss) {
      float[] directions = CosineSoftmax.directions(classes, dim, seed.draws());
      this.proxies = FloatTensors.keep(directions, Shape.of(classes, dim));
      proxies.set_requires_grad(true);
    } else {
      this.proxies = null;
    }
  }

  @Override
  public Map<String, Tensor> parameters() {
    return proxies == null ? Map.of() : Map.of(PROXIES, proxies);
  }

  /** Embeddings as the loss compares them: on a sphere, if the options name its radius. */
  Tensor measured(Tensor embeddings) {
    if (options.radius() == 0) {
      return embeddings;
    }
    Tensor squares = embeddings.mul(embeddings).sum(new long[] {1}, true, new ScalarTypeOptional());
    return embeddings
        .div(squares.sqrt().clamp_min(new Scalar(Operators.SHORTEST_LENGTH)))
        .mul(new Scalar(options.radius()));
  }

  /**
   * The loss of a batch.
   *
   * @param rows what {@link #measured} gave, {@code [count, dim]}
   * @throws TrainingException if something is no number, the loss is stuck where all embeddings are
   *     the same, or there is nothing to compare and that is to be refused
   */
  Given loss(float[] rows, Batch.Classes targets) {
    Embeddings embeddings = new Embeddings(dim, rows);
    int[] labels = Arrays.stream(targets.labels()).mapToInt(Math::toIntExact).toArray();
    Given given;
    if (options.formula() instanceof ProxyLoss loss) {
      Embeddings directions =
          new Embeddings(dim, FloatTensors.toArray(Objects.requireNonNull(proxies)));
      ProxyLoss.ProxyResult result = loss.of(embeddings, labels, directions);
      given = given(result.loss(), result.loss().gradient());
      given = new Given(given.value(), given.gradient(), Map.of(PROXIES, result.proxyGradient()));
    } else if (options.formula() instanceof EpisodeLoss loss) {
      given = episode(loss, embeddings, labels);
    } else {
      LabelledBatch batch = new LabelledBatch(embeddings, labels, targets.seed());
      LossResult result =
          memory != null
              ? memory.of(batch, options.whenEmpty())
              : ((BatchLoss) options.formula()).of(batch, options.whenEmpty());
      given = given(result, result.gradient());
    }
    return given;
  }

  /** The first images of each class are the support, the others are asked about. */
  private Given episode(EpisodeLoss loss, Embeddings embeddings, int[] labels) {
    int perClass = options.sampling().perClass();
    int shots = options.shots();
    int classes = labels.length / perClass;
    float[] support = new float[classes * shots * dim];
    float[] query = new float[classes * (perClass - shots) * dim];
    int[] supportLabels = new int[classes * shots];
    int[] queryLabels = new int[classes * (perClass - shots)];
    for (int c = 0; c < classes; c++) {
      copy(embeddings.values(), c * perClass, support, c * shots, shots);
      copy(
          embeddings.values(),
          c * perClass + shots,
          query,
          c * (perClass - shots),
          perClass - shots);
      Arrays.fill(supportLabels, c * shots, (c + 1) * shots, labels[c * perClass]);
      Arrays.fill(
          queryLabels, c * (perClass - shots), (c + 1) * (perClass - shots), labels[c * perClass]);
    }
    EpisodeResult result =
        loss.of(
            new Embeddings(dim, support),
            supportLabels,
            new Embeddings(dim, query),
            queryLabels,
            options.whenEmpty());
    float[] gradient = new float[embeddings.values().length];
    for (int c = 0; c < classes; c++) {
      copy(result.supportGradient(), c * shots, gradient, c * perClass, shots);
      copy(
          result.loss().gradient(),
          c * (perClass - shots),
          gradient,
          c * perClass + shots,
          perClass - shots);
    }
    return given(result.loss(), gradient);
  }

  private void copy(float[] from, int row, float[] to, int toRow, int rows) {
    System.arraycopy(from, row * dim, to, toRow * dim, rows * dim);
  }

  private Given given(LossResult result, float[] gradient) {
    watch.saw(result);
    batches++;
    empty += result.empty() ? 1 : 0;
    watch
        .collapse()
        .ifPresent(
            stuck -> {
              throw new TrainingException(
                  stuck,
                  "The network must learn to tell things apart",
                  "Lower the rate (--set optimiser.rate… at a third), mine milder, or take"
                      + " another loss");
            });
    return new Given(result.value(), gradient, Map.of());
  }

  /** What there is to say of the epoch: batches with nothing to compare. */
  Optional<String> endEpoch() {
    long nothing = empty;
    long all = batches;
    empty = 0;
    batches = 0;
    if (nothing == 0) {
      return Optional.empty();
    }
    if (nothing == all) {
      throw new TrainingException(
          "The %s loss found nothing to compare in any of the epoch's %d batches"
              .formatted(options.loss(), all),
          "Some must hold what the miner " + options.miner() + " keeps",
          "Choose a milder miner, or other batches by --batch and --sampler");
    }
    return Optional.of(
        "%d of the epoch's %d batches had nothing to compare".formatted(nothing, all));
  }

  /** What is remembered of earlier batches, for a checkpoint. */
  Map<String, float[]> memory() {
    Map<String, float[]> state = new LinkedHashMap<>();
    if (memory != null) {
      LabelledBatch contents = memory.contents();
      float[] labels = new float[contents.count()]; // exact: there are far fewer than 2²⁴ classes
      for (int i = 0; i < labels.length; i++) {
        labels[i] = contents.labels()[i];
      }
      state.put("rows", contents.embeddings().values());
      state.put("labels", labels);
    }
    return state;
  }

  /** Takes back what was remembered. */
  void restore(Map<String, float[]> state) {
    float[] rows = state.get("rows");
    float[] numbers = state.get("labels");
    if (memory != null && rows != null && numbers != null) {
      int[] labels = new int[numbers.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (int) numbers[i];
      }
      memory.restore(LabelledBatch.of(new Embeddings(dim, rows), labels));
    }
  }

  @Override
  public Head head() {
    return options.formula().measure().head(dim);
  }

  @Override
  public double chanceLoss() {
    return Double.NaN;
  }
}
