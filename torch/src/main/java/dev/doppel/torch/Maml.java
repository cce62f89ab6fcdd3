package dev.doppel.torch;

import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Model-agnostic meta-learning (Finn, Abbeel and Levine 2017): a start from which a few steps on a
 * task's examples lead to weights that answer its queries.
 *
 * <p>In full the outer gradient goes through the inner gradients, second derivatives and all; in
 * first order they count as constants. The classifier's rows all begin as one learned vector (Ye
 * and Chao 2022), so that classes have no order and their number may change.
 *
 * @param architecture the encoder; it has no batch norm
 * @param innerRate rate of the inner steps
 * @param firstOrder whether inner gradients count as constants
 */
record Maml(Architecture architecture, double innerRate, boolean firstOrder) {

  private static final String ROWS = "class.weight";
  private static final String BIAS = "class.bias";

  Maml {
    if (Blueprint.of(architecture).roles().containsValue(Blueprint.Role.MEAN)) {
      throw new IllegalArgumentException(
          architecture.name() + " has batch norms, through which queries would see each other");
    }
  }

  /**
   * The weights after the inner steps.
   *
   * @param start the encoder's weights, by name
   * @param images examples, {@code [examples, channels, side, side]}
   * @param classes 1 where an example is of a class, {@code [examples, ways]}
   * @param steps inner steps
   * @param learning whether a gradient by {@code start} will be asked for
   */
  Map<String, Tensor> adapted(
      Map<String, Tensor> start, Tensor images, Tensor classes, int steps, boolean learning) {
    Map<String, Tensor> weights = new LinkedHashMap<>(start);
    long ways = classes.size(1);
    int dim = Blueprint.of(architecture).dim();
    weights.put(ROWS, zeros(classes, ways, dim));
    weights.put(BIAS, zeros(classes, ways));
    List<String> names = new ArrayList<>(weights.keySet());
    boolean second = learning && !firstOrder;
    for (int step = 0; step < steps; step++) {
      Tensor loss = loss(logits(images, weights), classes);
      TensorVector inputs = new TensorVector();
      for (String name : names) {
        inputs.push_back(weights.get(name));
      }
      TensorVector slopes =
          torch.grad(
              new TensorVector(loss),
              inputs,
              new TensorVector(),
              new BoolOptional(second),
              second,
              false);
      for (int i = 0; i < names.size(); i++) {
        Tensor slope = second ? slopes.get(i) : slopes.get(i).detach();
        Tensor moved = inputs.get(i).sub(slope.mul(new Scalar(innerRate)));
        weights.put(names.get(i), learning ? moved : moved.detach().requires_grad_(true));
      }
    }
    return weights;
  }

  /** How likely each class is, as a logarithm but for a constant, {@code [images, ways]}. */
  Tensor logits(Tensor images, Map<String, Tensor> weights) {
    Tensor embeddings =
        architecture.apply(new LibtorchOperators(weights, Precision.FLOAT32, false), images);
    return torch.linear(
        embeddings,
        HeadWeights.named(weights, ROWS),
        new TensorOptional(HeadWeights.named(weights, BIAS)));
  }

  /** Mean cross-entropy. */
  static Tensor loss(Tensor logits, Tensor classes) {
    return logits.log_softmax(1).mul(classes).sum().div(new Scalar(-(double) classes.size(0)));
  }

  private static Tensor zeros(Tensor like, long... axes) {
    return torch.zeros(axes).to(like.scalar_type()).requires_grad_(true);
  }
}
