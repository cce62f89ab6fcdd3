package dev.doppel.torch;

import dev.doppel.model.Head;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
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
    Tensor logits = logits(embeddings, pairs);
    Tensor loss =
        torch.binary_cross_entropy_with_logits(
            logits,
            FloatTensors.of(pairs.same(), pairs.same().length),
            options.allPairs() ? new TensorOptional(halves(pairs.same())) : new TensorOptional(),
            new TensorOptional(),
            1);
    if (options.ranking() > 0) {
      Tensor ranks = ranks(logits, pairs, (int) embeddings.size(0));
      loss =
          loss.mul(new Scalar(1 - options.ranking())).add(ranks.mul(new Scalar(options.ranking())));
    }
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

  /**
   * The cross-entropy of each same pair against all different pairs of one of its images, then of
   * the other: what one-shot questions ask, with the paper's own score.
   */
  private static Tensor ranks(Tensor logits, Batch.Pairs pairs, int images) {
    long[] places = new long[images * images];
    float[] different = new float[images * images];
    Arrays.fill(different, Float.NEGATIVE_INFINITY);
    List<Integer> positives = new ArrayList<>();
    for (int pair = 0; pair < pairs.same().length; pair++) {
      int there = (int) (pairs.first()[pair] * images + pairs.second()[pair]);
      int back = (int) (pairs.second()[pair] * images + pairs.first()[pair]);
      places[there] = pair;
      places[back] = pair;
      if (pairs.same()[pair] > 0) {
        positives.add(pair);
      } else {
        different[there] = 0;
        different[back] = 0;
      }
    }
    Tensor others =
        logits
            .index_select(0, Tensor.create(places))
            .reshape(images, images)
            .add(FloatTensors.of(different, images, images))
            .logsumexp(1);
    Tensor same = logits.index_select(0, indices(positives, pair -> pair));
    Tensor ofFirst = others.index_select(0, indices(positives, pair -> pairs.first()[pair]));
    Tensor ofSecond = others.index_select(0, indices(positives, pair -> pairs.second()[pair]));
    return torch
        .softplus(ofFirst.sub(same))
        .add(torch.softplus(ofSecond.sub(same)))
        .mean()
        .mul(new Scalar(0.5));
  }

  private static Tensor indices(List<Integer> pairs, IntToLongFunction index) {
    return Tensor.create(pairs.stream().mapToLong(index::applyAsLong).toArray());
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
