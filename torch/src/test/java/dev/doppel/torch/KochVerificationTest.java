package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Head;
import dev.doppel.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KochVerificationTest {

  static List<Golden> cases() {
    return Golden.cases("verification_head.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valueAndGradientsAgreeWithTheReference(Golden golden) {
    float[] h1 = GoldenLosses.flat(golden.inputs().get("h1"));
    float[] h2 = GoldenLosses.flat(golden.inputs().get("h2"));
    float[] alpha = GoldenLosses.flat(golden.inputs().get("alpha"));
    int pairs = h1.length / alpha.length;
    try (KochVerification loss = objective(golden.options(), alpha, golden.inputs().get("b"));
        PointerScope scope = new PointerScope()) {
      float[] both = Arrays.copyOf(h1, 2 * h1.length);
      System.arraycopy(h2, 0, both, h1.length, h2.length);
      Tensor embeddings = FloatTensors.of(both, 2L * pairs, alpha.length);
      embeddings.set_requires_grad(true);

      Tensor value =
          loss.loss(embeddings, pairs(pairs, golden.inputs().get("same")), loss.parameters());
      if (golden.options().get("reduction").asText().equals("sum")) {
        value = value.mul(new Scalar(pairs)); // ours is the mean
      }
      value.backward();

      GoldenLosses.assertClose(new float[] {value.item_float()}, golden.expected().get("value"));
      JsonNode gradient = golden.expected().get("gradient");
      float[] found = FloatTensors.toArray(embeddings.grad());
      GoldenLosses.assertClose(Arrays.copyOf(found, h1.length), gradient.get("h1"));
      GoldenLosses.assertClose(
          Arrays.copyOfRange(found, h1.length, found.length), gradient.get("h2"));
      GoldenLosses.assertClose(gradientOf(loss, "head.weight"), gradient.get("alpha"));
      GoldenLosses.assertClose(gradientOf(loss, "head.bias"), gradient.get("b"));
    }
  }

  @Test
  void theHeadScoresAPairWithTheLogitItWasTrainedOn() {
    float[] alpha = {0.5f, -2f, 1f};
    float[] rows = {0.1f, 0.9f, 0.4f, 0.7f, 0.2f, 0.4f};
    try (KochVerification loss =
            new KochVerification(options(false, 0), List.of("head"), initial(alpha, 0.25f));
        PointerScope scope = new PointerScope()) {
      Batch.Pairs pair = new Batch.Pairs(new long[] {0}, new long[] {1}, new float[] {1});
      float logit = loss.logits(FloatTensors.of(rows, 2, 3), pair).item_float();

      Head head = loss.head();
      Embeddings embeddings = new Embeddings(3, rows);
      assertThat((float) head.score(embeddings, 0, embeddings, 1)).isEqualTo(logit);
    }
  }

  @Test
  void withAllPairsBothKindsWeighOneHalf() {
    // One same pair, three different ones; all logits 0 cost ln 2 each, however they are weighed.
    // Moving the bias then shows the weights: gradient = (σ − y) weighed = ½·σ − ½·(1 − σ) = 0.
    try (KochVerification loss =
            new KochVerification(options(true, 0), List.of("head"), initial(new float[] {0}, 0));
        PointerScope scope = new PointerScope()) {
      Batch.Pairs pairs =
          new Batch.Pairs(
              new long[] {0, 0, 1, 2}, new long[] {1, 2, 2, 3}, new float[] {1, 0, 0, 0});
      Tensor value = loss.loss(FloatTensors.of(new float[] {1, 2, 3, 4}, 4, 1), pairs, Map.of());
      value.backward();

      assertThat(value.item_float()).isCloseTo((float) Math.log(2), within(1e-6f));
      assertThat(gradientOf(loss, "head.bias")[0]).isCloseTo(0, within(1e-7f));
    }
  }

  @Test
  void aRankingAsksEachSamePairOfTheDifferentPairsOfItsImages() {
    // Embeddings 0, 1, 3 and 7, the first two of one class; α = −1, so that logits are distances
    // with a minus. By hand: against 0 stand 3 and 7, against 1 stand 2 and 6.
    double ofFirst = Math.log(1 + (Math.exp(-3) + Math.exp(-7)) / Math.exp(-1));
    double ofSecond = Math.log(1 + (Math.exp(-2) + Math.exp(-6)) / Math.exp(-1));
    KochVerificationOptions ranked =
        new KochVerificationOptions(1, 0, true, 2, 1, 0, 1, List.of(0.0));
    try (KochVerification loss =
            new KochVerification(ranked, List.of("head"), initial(new float[] {-1}, 0.5f));
        PointerScope scope = new PointerScope()) {
      Tensor rows = FloatTensors.of(new float[] {0, 1, 3, 7}, 4, 1);
      Batch.Pairs pairs = AllPairBatches.allPairs(new int[] {5, 5, 6, 7});
      Tensor value = loss.loss(rows, pairs, Map.of());
      value.backward();

      assertThat(value.item_float()).isCloseTo((float) ((ofFirst + ofSecond) / 2), within(1e-5f));
      // The bias is on both sides of every comparison, the distances are not.
      assertThat(gradientOf(loss, "head.bias")[0]).isCloseTo(0, within(1e-6f));
      assertThat(gradientOf(loss, "head.weight")[0]).isNotZero().isFinite();
    }
  }

  @Test
  void whatOnlyAllPairsKnowIsRefusedWhereTheyAreDrawn() {
    assertThatThrownBy(() -> new KochVerificationOptions(1, 0, false, 2, 4, 0, 0, List.of(0.0)))
        .hasMessageContaining("objective.rotations");
    assertThatThrownBy(() -> new KochVerificationOptions(1, 0, false, 2, 1, 0, 0.5, List.of(0.0)))
        .hasMessageContaining("objective.ranking");
  }

  private static KochVerification objective(JsonNode options, float[] alpha, JsonNode bias) {
    double penalty = options.get("alpha_penalty").asDouble();
    return new KochVerification(
        options(false, penalty), List.of("head"), initial(alpha, (float) bias.asDouble()));
  }

  private static KochVerificationOptions options(boolean allPairs, double l2) {
    return new KochVerificationOptions(1, 0, allPairs, 2, List.of(l2));
  }

  private static Weights initial(float[] alpha, float bias) {
    return new Weights(Map.of("head.weight", alpha, "head.bias", new float[] {bias}));
  }

  private static Batch.Pairs pairs(int count, JsonNode same) {
    long[] first = new long[count];
    long[] second = new long[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      first[i] = i;
      second[i] = (long) count + i;
      y[i] = same.get(i).asBoolean() ? 1 : 0;
    }
    return new Batch.Pairs(first, second, y);
  }

  private static float[] gradientOf(KochVerification loss, String parameter) {
    return FloatTensors.toArray(Objects.requireNonNull(loss.parameters().get(parameter)).grad());
  }
}
