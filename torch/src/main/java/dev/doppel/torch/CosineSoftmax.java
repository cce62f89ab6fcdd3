package dev.doppel.torch;

import dev.doppel.model.Head;
import dev.doppel.network.Operators;
import dev.doppel.network.Shape;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
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
final class CosineSoftmax implements Objective {

  private final int classes;
  private final CosineSoftmaxOptions options;
  private final Tensor weight;

  CosineSoftmax(int classes, int dim, CosineSoftmaxOptions options, Seed seed) {
    this.classes = classes;
    this.options = options;
    float[] directions = new float[Math.multiplyExact(classes, dim)];
    Draws draws = seed.draws();
    for (int i = 0; i < directions.length; i++) {
      directions[i] = (float) (draws.gaussian() / Math.sqrt(dim));
    }
    this.weight = FloatTensors.keep(directions, Shape.of(classes, dim));
    this.weight.set_requires_grad(true);
  }

  @Override
  public Map<String, Tensor> parameters() {
    return Map.of("classes.weight", weight);
  }

  @Override
  public Tensor loss(Tensor embeddings, Batch.Targets targets, Map<String, Tensor> network) {
    Tensor labels = Tensor.create(((Batch.Classes) targets).labels());
    Tensor cosines = torch.linear(unit(embeddings), unit(weight), new TensorOptional());
    Tensor margins = torch.one_hot(labels, classes).mul(new Scalar(options.margin()));
    Tensor logits = cosines.sub(margins).mul(new Scalar(options.scale()));
    return torch.cross_entropy_loss(
        logits, labels, new TensorOptional(), 1, -100, options.smoothing());
  }

  private static Tensor unit(Tensor rows) {
    Tensor squares = rows.mul(rows).sum(new long[] {1}, true, new ScalarTypeOptional());
    return rows.div(squares.sqrt().clamp_min(new Scalar(Operators.SHORTEST_LENGTH)));
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
