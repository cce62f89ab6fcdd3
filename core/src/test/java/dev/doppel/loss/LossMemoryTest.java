package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.doppel.random.Seed;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a loss allocates in one call, which its peak cannot exceed. */
class LossMemoryTest {

  private static final long ALLOWED = 60_000_000;

  /** 7 million triplets, half a million pairs. */
  private static final LabelledBatch BATCH = batch();

  private static LabelledBatch batch() {
    int[] sizes = new int[128];
    Arrays.fill(sizes, 8);
    return RandomBatch.of(Seed.of(1), 128, 1, 1.5, sizes).batch();
  }

  static List<BatchLoss> losses() {
    List<BatchLoss> losses = new ArrayList<>();
    for (LossCatalogue.Entry entry : LossCatalogue.losses()) {
      if (entry.loss() instanceof BatchLoss loss) {
        losses.add(entry.onUnitSphere() ? loss.onUnitSphere() : loss);
      }
    }
    for (LossCatalogue.Mining mining : LossCatalogue.miners()) {
      if (mining.miner() instanceof TripletMiner miner) {
        TripletLoss loss =
            new TripletLoss(Distance.EUCLIDEAN, miner, 0.2, Hinge.RELU, Reduction.MEAN_ACTIVE);
        losses.add(loss.onUnitSphere());
      }
    }
    return losses;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aBatchOf1024TakesAtMost60MegabytesAtOnce(BatchLoss loss) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ForkJoinPool alone = new ForkJoinPool(1);
    try {
      long allocated =
          alone
              .submit(
                  () -> {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    loss.of(BATCH, WhenEmpty.COUNT);
                    return threads.getCurrentThreadAllocatedBytes() - before;
                  })
              .join();
      assertThat(allocated).isBetween(500_000L, ALLOWED);
    } finally {
      alone.shutdown();
    }
  }
}
