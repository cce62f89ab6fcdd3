package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Seed;

/** The kind of batches that each loss learns from. */
final class Batches {

  private Batches() {}

  static BatchSource of(TrainingPlan plan, Dataset data, Preprocess preprocess) {
    Seed seed = Seed.of(plan.seed()).at("batches");
    DistortedPlanes planes = new DistortedPlanes(preprocess, plan.distortion(), plan.view().flip());
    if (plan.objective() instanceof CosineSoftmaxOptions softmax) {
      return new ClassBatches(
          data,
          softmax.rotations(),
          softmax.signs(),
          softmax.ligatures(),
          planes,
          plan.batch(),
          plan.imagesPerEpoch(),
          seed);
    }
    if (plan.objective() instanceof MetricOptions metric) {
      if (metric.sampling().kind() == Sampling.Kind.SHUFFLED) {
        return new ClassBatches(
            data, metric.rotations(), planes, plan.batch(), plan.imagesPerEpoch(), seed);
      }
      return new BalancedClassBatches(
          data, metric, planes, plan.batch(), plan.imagesPerEpoch(), seed);
    }
    KochVerificationOptions koch = (KochVerificationOptions) plan.objective();
    return koch.allPairs()
        ? new AllPairBatches(data, koch, planes, plan.batch(), plan.imagesPerEpoch(), seed)
        : new DrawnPairBatches(data, koch, planes, plan.batch(), plan.imagesPerEpoch(), seed);
  }
}
