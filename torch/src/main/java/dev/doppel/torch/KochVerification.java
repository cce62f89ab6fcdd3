package dev.doppel.torch;

import dev.doppel.model.Head;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The verification loss of Koch et al. 2015, section 3.2: cross-entropy of {@code σ(b + Σⱼ αⱼ |h¹ⱼ
 * − h²ⱼ|)} against y = 1 for the same class, plus {@code Σ λⱼ |wⱼ|²} a layer.
 *
 * <p>Pairs of one kind can outnumber the other (all pairs of a batch are mostly different): both
 * kinds then weigh one half. The penalty has the sign the paper means, not the one it prints.
 */
final class KochVerification implements TensorObjective {

  private final KochVerificationOptions options;
  private final LayerValues l2;
  private final Tensor alpha;
  private final Tensor bias;

  /**
   * @param initial values of {@code head.weight} (α) and {@code head.bias}
   * @param layers names of the network's layers in order
   */
  KochVerification(KochVerificationOptions options, List<String> layers, Weights initial) {
    this.options = options;
    this.l2 = new LayerValues("objective.l2", options.l2(), layers);
    float[] weights = initial.get("head.weight");
    this.alpha = FloatTensors.keep(weights, Shape.of(weights.length, 1));
    this.bias = FloatTensors.keep(initial.get("head.bias"), Shape.of(1));
    alpha.set_requires_grad(true);
    bias.set_requires_grad(true);
  }

  @Override
  public Map<String, Tensor> parameters() {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("head.weight", alpha);
    parameters.put("head.bias", bias);
    return parameters;
  }

  @Override
  public Tensor loss(Tensor embeddings, Batch.Targets targets, Map<String, Tensor> learned) {
    Batch.Pairs pairs = (Batch.Pairs) targets;
    Tensor loss =
        torch.binary_cross_entropy_with_logits(
            logits(embeddings, pairs),
            FloatTensors.of(pairs.same(), pairs.same().length),
            options.allPairs() ? new TensorOptional(halves(pairs.same())) : new TensorOptional(),
            new TensorOptional(),
            1);
    for (Map.Entry<String, Tensor> weight : learned.entrySet()) {
      double lambda = l2.of(weight.getKey());
      if (lambda > 0 && weight.getKey().endsWith(".weight")) {
        Tensor w = weight.getValue();
        loss = loss.add(w.mul(w).sum().mul(new Scalar(lambda)));
      }
    }
    return loss;
  }

  /** The logit of each pair, {@code [pairs]}; both twins' embeddings were made in one pass. */
  Tensor logits(Tensor embeddings, Batch.Pairs pairs) {
    Tensor first = embeddings.index_select(0, Tensor.create(pairs.first()));
    Tensor second = embeddings.index_select(0, Tensor.create(pairs.second()));
    return first.sub(second).abs().matmul(alpha).add(bias).flatten(0, -1);
  }

  /** Weights under which the same and the different pairs of a batch each count one half. */
  private static Tensor halves(float[] same) {
    int positives = 0;
    for (float y : same) {
      positives += y > 0 ? 1 : 0;
    }
    float[] weights = new float[same.length];
    for (int i = 0; i < same.length; i++) {
      int kind = same[i] > 0 ? positives : same.length - positives;
      weights[i] = same.length / (2f * kind);
    }
    return FloatTensors.of(weights, weights.length);
  }

  @Override
  public Head head() {
    return new Head.WeightedL1(FloatTensors.toArray(alpha), FloatTensors.toArray(bias)[0]);
  }

  @Override
  public double chanceLoss() {
    return Math.log(2);
  }
}
