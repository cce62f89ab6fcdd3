package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.model.Embeddings;
import dev.doppel.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CrossBatchMemoryTest {

  private static final AnchorLoss LOSS =
      new TripletLoss(Distance.EUCLIDEAN, TripletBand.ALL, 0.5, Hinge.RELU, Reduction.MEAN);

  private static LabelledBatch batch(int number) {
    return RandomBatch.of(Seed.of(number), 4, 0.5, 2, 3, 1).batch();
  }

  private static LabelledBatch joined(LabelledBatch... batches) {
    float[] values = new float[0];
    int[] labels = new int[0];
    for (LabelledBatch each : batches) {
      int before = labels.length;
      values = Arrays.copyOf(values, (before + each.count()) * 4);
      labels = Arrays.copyOf(labels, before + each.count());
      System.arraycopy(
          each.embeddings().values(), 0, values, before * 4, each.embeddings().values().length);
      System.arraycopy(each.labels(), 0, labels, before, each.count());
    }
    return LabelledBatch.of(new Embeddings(4, values), labels);
  }

  private static void same(LossResult found, LossResult expected) {
    assertThat(found.value()).isEqualTo(expected.value());
    assertThat(found.gradient()).isEqualTo(expected.gradient());
    assertThat(found.counts()).isEqualTo(expected.counts());
  }

  @Test
  void aBatchIsComparedWithItselfAndWithWhatCameBefore() {
    CrossBatchMemory memory = new CrossBatchMemory(LOSS, 100);
    same(memory.of(batch(1), WhenEmpty.REFUSE), LOSS.of(batch(1)));
    same(
        memory.of(batch(2), WhenEmpty.REFUSE),
        LOSS.of(batch(2), joined(batch(1)), WhenEmpty.REFUSE));
    same(
        memory.of(batch(3), WhenEmpty.REFUSE),
        LOSS.of(batch(3), joined(batch(1), batch(2)), WhenEmpty.REFUSE));
  }

  @Test
  void theOldestMakeRoom() {
    CrossBatchMemory memory = new CrossBatchMemory(LOSS, 8);
    memory.of(batch(1), WhenEmpty.REFUSE);
    assertThat(memory.size()).isEqualTo(6);
    memory.of(batch(2), WhenEmpty.REFUSE);
    assertThat(memory.size()).isEqualTo(8);
    LabelledBatch all = joined(batch(1), batch(2));
    LabelledBatch last =
        LabelledBatch.of(
            new Embeddings(4, Arrays.copyOfRange(all.embeddings().values(), 16, 48)),
            Arrays.copyOfRange(all.labels(), 4, 12));
    same(memory.of(batch(3), WhenEmpty.REFUSE), LOSS.of(batch(3), last, WhenEmpty.REFUSE));

    CrossBatchMemory small = new CrossBatchMemory(LOSS, 2);
    small.of(batch(1), WhenEmpty.REFUSE);
    assertThat(small.size()).isEqualTo(2);
    small.clear();
    same(small.of(batch(2), WhenEmpty.REFUSE), LOSS.of(batch(2)));
  }

  @Test
  void aLonelyItemFindsItsPositivesInTheMemory() {
    LabelledBatch first = LabelledBatch.of(new Embeddings(1, new float[] {0, 1}), 1, 2);
    LabelledBatch second = LabelledBatch.of(new Embeddings(1, new float[] {0.5f, 2}), 1, 3);
    CrossBatchMemory memory = new CrossBatchMemory(LOSS, 10);
    assertThat(memory.of(first, WhenEmpty.COUNT).empty()).isTrue();
    LossResult result = memory.of(second, WhenEmpty.REFUSE);
    // anchor 0.5, positive 0; negatives 2 (in the batch, beyond the margin) and 1 (remembered)
    assertThat(result.counts()).isEqualTo(new Counts(2, 2, 1));
    assertThat(result.value()).isEqualTo((0.5 - 0.5 + 0.5) / 2);
    assertThat(result.gradient()).containsExactly(1, 0);
  }

  @Test
  void onTheUnitSphereTheMemoryLiesThereToo() {
    AnchorLoss onSphere = LOSS.onUnitSphere();
    LabelledBatch far = batch(1).with(times(batch(1).embeddings(), 4));
    LossResult one = onSphere.of(batch(2), batch(1), WhenEmpty.REFUSE);
    LossResult other = onSphere.of(batch(2), far, WhenEmpty.REFUSE);
    Close.value(one.value(), other.value());
  }

  private static Embeddings times(Embeddings rows, float factor) {
    float[] values = rows.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return new Embeddings(rows.dim(), values);
  }
}
