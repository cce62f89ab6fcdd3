package dev.doppel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.loss.LabelledBatch;
import dev.doppel.loss.LossResult;
import dev.doppel.loss.TripletLoss;
import dev.doppel.model.Embeddings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GivenGradientTest {

  private static float[] draw(int count) {
    Draws draws = Seed.of(1).draws();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) draws.gaussian();
    }
    return values;
  }

  @Test
  void theGradientGoesOnToWhatMadeTheEmbeddings() {
    try (PointerScope scope = new PointerScope()) {
      Tensor images = FloatTensors.of(draw(8 * 3), 8, 3);
      Tensor weights = FloatTensors.of(draw(3 * 5), 3, 5);
      weights.set_requires_grad(true);
      Tensor embeddings = images.matmul(weights);
      LossResult result =
          TripletLoss.batchHard(2)
              .of(
                  LabelledBatch.of(
                      new Embeddings(5, FloatTensors.toArray(embeddings)), 1, 1, 2, 2, 3, 3, 4, 4));

      Tensor loss = GivenGradient.of(embeddings, result.value(), result.gradient());
      loss.backward();

      assertThat(loss.item_float()).isCloseTo((float) result.value(), Offset.offset(1e-5f));
      Tensor expected = images.transpose(0, 1).matmul(FloatTensors.of(result.gradient(), 8, 5));
      assertThat(FloatTensors.toArray(weights.grad()))
          .containsExactly(FloatTensors.toArray(expected), Offset.offset(1e-5f));
    }
  }

  @Test
  void stepsAgainstItMakeTheLossSmaller() {
    try (PointerScope scope = new PointerScope()) {
      float[] values = draw(8 * 5);
      double first = Double.NaN;
      double last = Double.NaN;
      for (int step = 0; step < 50; step++) {
        LossResult result =
            TripletLoss.softBatchHard()
                .of(LabelledBatch.of(new Embeddings(5, values), 1, 1, 2, 2, 3, 3, 4, 4));
        Tensor rows = FloatTensors.of(values, 8, 5);
        rows.set_requires_grad(true);
        GivenGradient.of(rows, result.value(), result.gradient()).backward();
        float[] gradient = FloatTensors.toArray(rows.grad());
        for (int i = 0; i < values.length; i++) {
          values[i] -= gradient[i];
        }
        first = step == 0 ? result.value() : first;
        last = result.value();
      }
      assertThat(last).isLessThan(first / 4);
    }
  }
}
