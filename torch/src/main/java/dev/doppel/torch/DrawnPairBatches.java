package dev.doppel.torch;

import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.Negatives;
import dev.doppel.episode.Pair;
import dev.doppel.episode.PairSampler;
import dev.doppel.episode.Relation;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Batches of pairs as Koch et al. 2015 train on: a fixed set, each pair as it is and in distorted
 * copies, both images distorted apart.
 *
 * <p>An image that several pairs of a batch show undistorted is embedded once.
 */
final class DrawnPairBatches implements BatchSource {

  private final PairSampler sampler;
  private final int copies;
  private final DistortedPlanes planes;
  private final int batch;
  private final int batchesPerEpoch;
  private final Seed seed;

  /**
   * @param batch pairs a step
   * @param pairsPerEpoch pairs an epoch, copies counted; 0 for all
   */
  DrawnPairBatches(
      Dataset data,
      KochVerificationOptions options,
      DistortedPlanes planes,
      int batch,
      int pairsPerEpoch,
      Seed seed) {
    this.sampler = new PairSampler(data, options.pairs(), Negatives.SAME_GROUP, seed.at("pairs"));
    this.copies = 1 + options.copies();
    this.planes = planes;
    this.batch = batch;
    long all = (long) sampler.size() * copies;
    this.batchesPerEpoch = (int) Math.max(1, (pairsPerEpoch == 0 ? all : pairsPerEpoch) / batch);
    this.seed = seed;
  }

  @Override
  public int batchesPerEpoch() {
    return batchesPerEpoch;
  }

  @Override
  public Batch batch(int epoch, int index) {
    long number = (long) epoch * batchesPerEpoch + index;
    int batchesPerPass = Math.max(1, (int) ((long) sampler.size() * copies / batch));
    long pass = number / batchesPerPass;
    int[] order = seed.at("order").at(pass).draws().permutation(sampler.size() * copies);
    int from = (int) (number % batchesPerPass) * batch;
    int pairs = Math.min(batch, order.length - from);
    Images images = new Images(number);
    long[] first = new long[pairs];
    long[] second = new long[pairs];
    float[] same = new float[pairs];
    for (int i = 0; i < pairs; i++) {
      int item = order[from + i];
      Pair pair = sampler.pair(item % sampler.size());
      boolean distorted = item >= sampler.size(); // copy 0 is the pair as it is
      first[i] = images.place(pair.first(), distorted);
      second[i] = images.place(pair.second(), distorted);
      same[i] = pair.relation() == Relation.SAME ? 1 : 0;
    }
    return new Batch(images.planes(), images.count(), new Batch.Pairs(first, second, same));
  }

  /** The distinct images of one batch, in order of appearance. */
  private final class Images {
    private final Seed address;
    private final Map<Sample, Integer> whole = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<Boolean> distort = new ArrayList<>();

    Images(long number) {
      this.address = seed.at("distortion").at(number);
    }

    int place(Sample sample, boolean distorted) {
      Integer found = distorted ? null : whole.get(sample);
      if (found != null) {
        return found;
      }
      int place = samples.size();
      if (!distorted) {
        whole.put(sample, place);
      }
      samples.add(sample);
      distort.add(distorted);
      return place;
    }

    int count() {
      return samples.size();
    }

    float[] planes() {
      float[] values = new float[samples.size() * planes.length()];
      for (int i = 0; i < samples.size(); i++) {
        int offset = i * planes.length();
        if (distort.get(i)) {
          planes.into(samples.get(i).image(), 0, address.at(i).draws(), values, offset);
        } else {
          planes.preprocess().into(samples.get(i).image(), values, offset);
        }
      }
      return values;
    }
  }
}
