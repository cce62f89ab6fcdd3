package dev.doppel.torch;

import dev.doppel.model.Head;
import dev.doppel.network.Operators;
import dev.doppel.network.Shape;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Normalised softmax with an additive margin: CosFace (Wang et al. 2018); margin 0 is NormFace
 * (Wang et al. 2017).
 *
 * <p>Cross-entropy of {@code scale · (cos θ_c − margin · [c = y])} over the classes c, θ_c the
 * angle between an embedding and the class's weight vector.
 */
final class CosineSoftmax implements TensorObjective {

  private static final String WEIGHT = "classes.weight";

  private final int classes;
  private final CosineSoftmaxOptions options;
  private final Tensor weight;

  /** Class directions drawn at random. */
  CosineSoftmax(int classes, int dim, CosineSoftmaxOptions options, Seed seed) {
    this(classes, dim, options, directions(classes, dim, seed.draws()));
  }

  /** Class directions as given, {@code [classes, dim]}. */
  CosineSoftmax(int classes, int dim, CosineSoftmaxOptions options, float[] directions) {
    this.classes = classes;
    this.options = options;
    this.weight = FloatTensors.keep(directions, Shape.of(classes, dim));
    this.weight.set_requires_grad(true);
  }

  /** First rows of classes: of about unit length, in random directions. */
  static float[] directions(int classes, int dim, Draws draws) {
    float[] directions = new float[Math.multiplyExact(classes, dim)];
    for (int i = 0; i < directions.length; i++) {
      directions[i] = (float) (draws.gaussian() / Math.sqrt(dim));
    }
    return directions;
  }

  @Override
  public Map<String, Tensor> parameters() {
    return Map.of(WEIGHT, weight);
  }

  @Override
  public Tensor loss(Tensor embeddings, Batch.Targets targets, Map<String, Tensor> learned) {
    Tensor labels = Tensor.create(((Batch.Classes) targets).labels());
    Tensor directions = Objects.requireNonNull(learned.get(WEIGHT), WEIGHT);
    // Products are divided by lengths, not rows beforehand: there are far more rows than products.
    Tensor products = torch.linear(unit(embeddings), directions, new TensorOptional());
    Tensor cosines = products.div(lengths(directions).t());
    Tensor logits = cosines.scatter_add(1, labels.unsqueeze(1), minusMargins((int) labels.numel()));
    return torch.cross_entropy_loss(
        logits.mul(new Scalar(options.scale())),
        labels,
        new TensorOptional(),
        1,
        -100,
        options.smoothing());
  }

  /** What is taken from the right class of each row, {@code [rows, 1]}. */
  private Tensor minusMargins(int rows) {
    float[] margins = new float[rows];
    Arrays.fill(margins, (float) -options.margin());
    return FloatTensors.of(margins, rows, 1);
  }

  private static Tensor unit(Tensor rows) {
    return rows.div(lengths(rows));
  }

  /** Of each row, {@code [rows, 1]}. */
  private static Tensor lengths(Tensor rows) {
    return torch
        .norm(rows, new ScalarOptional(new Scalar(2.0)), new long[] {1}, true)
        .clamp_min(new Scalar(Operators.SHORTEST_LENGTH));
  }

  @Override
  public Head head() {
    return new Head.Cosine();
  }

  @Override
  public double chanceLoss() {
    return Math.log(classes);
  }
}
