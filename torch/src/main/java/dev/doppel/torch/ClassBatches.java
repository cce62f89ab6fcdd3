package dev.doppel.torch;

import dev.doppel.augment.Ligature;
import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.image.Image;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches for a classification loss: all images in a new random order each pass, each turned by a
 * random number of quarter turns, which makes it one of another class.
 *
 * <p>Or it becomes part of a ligature, a class of its own that is always made alike: with the same
 * second character, drawn by the same hand where there is one, in the same place.
 */
final class ClassBatches implements BatchSource {

  private final List<Sample> samples = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final int classes;
  private final int rotations;
  private final List<List<Joined>> ligatures = new ArrayList<>();
  private final int[] firstLigature;
  private final DistortedPlanes planes;
  private final int batch;
  private final int batchesPerEpoch;
  private final Seed seed;

  /**
   * A sign of two characters, begun by the one that it is listed under.
   *
   * @param second samples of the other
   * @param place where both go
   * @param firstPose how the first is laid down
   * @param secondPose how the second is
   */
  private record Joined(List<Sample> second, Ligature place, int firstPose, int secondPose) {

    /** The second character by a hand, or by any if that drew none. */
    Sample by(int drawer) {
      return second.stream()
          .filter(each -> each.drawer() == drawer)
          .findFirst()
          .orElseGet(() -> second.get(drawer % second.size()));
    }
  }

  /** Batches of quarter turns alone. */
  ClassBatches(
      Dataset data,
      int rotations,
      DistortedPlanes planes,
      int batch,
      int imagesPerEpoch,
      Seed seed) {
    this(data, rotations, 0, planes, batch, imagesPerEpoch, seed);
  }

  /**
   * @param ligatures that each class begins
   * @param imagesPerEpoch images of an epoch, 0 for all; an epoch may be part of a pass
   */
  ClassBatches(
      Dataset data,
      int rotations,
      int ligatures,
      DistortedPlanes planes,
      int batch,
      int imagesPerEpoch,
      Seed seed) {
    List<ImageClass> all = data.classes();
    for (int label = 0; label < all.size(); label++) {
      for (Sample sample : all.get(label).samples()) {
        samples.add(sample);
        labels.add(label);
      }
    }
    this.classes = all.size();
    this.rotations = rotations;
    this.planes = planes;
    for (Group group : data.groups()) {
      for (int c = 0; c < group.classes().size(); c++) {
        Seed address = seed.at("ligatures").at(this.ligatures.size());
        this.ligatures.add(joined(group.classes(), c, ligatures, address));
      }
    }
    this.firstLigature = new int[classes];
    int next = classes * rotations;
    for (int label = 0; label < classes; label++) {
      firstLigature[label] = next;
      next += this.ligatures.get(label).size();
    }
    this.batch = Math.min(batch, samples.size());
    int images = imagesPerEpoch == 0 ? samples.size() : imagesPerEpoch;
    this.batchesPerEpoch = Math.max(1, images / this.batch);
    this.seed = seed;
  }

  /** What a class begins; nothing where its group has no other. */
  private List<Joined> joined(List<ImageClass> group, int first, int count, Seed seed) {
    List<Joined> joined = new ArrayList<>();
    for (int k = 0; k < count && group.size() > 1; k++) {
      Draws draws = seed.at(k).draws();
      ImageClass second = group.get((first + 1 + draws.below(group.size() - 1)) % group.size());
      Ligature place = Ligature.draw(draws);
      joined.add(
          new Joined(second.samples(), place, draws.below(rotations), draws.below(rotations)));
    }
    return joined;
  }

  @Override
  public int classes() {
    return classes * rotations + ligatures.stream().mapToInt(List::size).sum();
  }

  @Override
  public int batchesPerEpoch() {
    return batchesPerEpoch;
  }

  @Override
  public Batch batch(int epoch, int index) {
    // Passes ignore epochs: each image comes once a pass, whatever the length of an epoch.
    long number = (long) epoch * batchesPerEpoch + index;
    int batchesPerPass = samples.size() / batch;
    int[] order = order(number / batchesPerPass);
    int from = (int) (number % batchesPerPass) * batch;
    float[] values = new float[batch * planes.length()];
    long[] targets = new long[batch];
    Seed address = seed.at("items").at(number);
    for (int i = 0; i < batch; i++) {
      int item = order[from + i];
      Draws draws = address.at(i).draws();
      int label = labels.get(item);
      int way = draws.below(rotations + ligatures.get(label).size()); // each class as often
      Image image = samples.get(item).image();
      int offset = i * planes.length();
      if (way < rotations) {
        targets[i] = label + (long) classes * way;
        planes.into(image, way, draws, values, offset);
      } else {
        Joined joined = ligatures.get(label).get(way - rotations);
        targets[i] = (long) firstLigature[label] + way - rotations;
        Image second = joined.by(samples.get(item).drawer()).image();
        planes.into(image, joined.firstPose(), joined.place().first(), draws, values, offset);
        planes.join(second, joined.secondPose(), joined.place().second(), draws, values, offset);
      }
    }
    return new Batch(values, batch, new Batch.Classes(targets, address.at("loss")));
  }

  private int[] order(long pass) {
    return seed.at("order").at(pass).draws().permutation(samples.size());
  }
}
