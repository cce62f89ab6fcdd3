package dev.doppel.torch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The plain twin of {@link Learner}: the first images of all pairs go through the network, then the
 * second ones, as the paper's figure draws it.
 *
 * <p>The first half of its batches are the pairs' first images. Only for networks without batch
 * norms, whose statistics would be those of half a batch.
 */
final class TwoPassLearner extends Learner {

  TwoPassLearner(TrainingPlan plan) {
    super(plan, 0, 1);
  }

  @Override
  Tensor embed(Batch batch, Map<String, Tensor> weights, boolean training) {
    int half = batch.count() / 2;
    float[] planes = batch.planes();
    int middle = planes.length / 2;
    float[] first = java.util.Arrays.copyOf(planes, middle);
    float[] second = java.util.Arrays.copyOfRange(planes, middle, planes.length);
    return torch.cat(
        new TensorVector(
            super.embed(new Batch(first, half, batch.targets()), weights, training),
            super.embed(new Batch(second, half, batch.targets()), weights, training)),
        0);
  }
}
