package dev.doppel.loss;

import java.util.Arrays;

/**
 * The hinge loss of one anchor over all triplets of a {@link TripletBand}, without enumerating
 * them: positives in order of distance, each negative finds by bisection for which of them it
 * counts. {@code N log P} steps instead of {@code N·P}.
 *
 * <p>Owned by one thread.
 */
final class BandSum {

  /** Up to so many bounds are counted through, rather than bisected. */
  private static final int FEW = 24;

  private final double low;

  /** Where triplets stop to be both selected and above 0. */
  private final double high;

  private final double margin;

  /** Whether triplets beyond {@link #high} are selected too, and merely cost nothing. */
  private final boolean beyondIsSelected;

  private long[] order = new long[0];

  /** Bounds of each positive's band, as {@link #bits}. */
  private int[] least = new int[0];

  private int[] most = new int[0];

  /** Changes of the number and the sum of negatives from one positive to the next. */
  private long[] count = new long[0];

  private double[] sum = new double[0];

  BandSum(TripletBand band, double margin) {
    this.low = band.low();
    this.high = Math.min(band.high(), margin);
    this.margin = margin;
    this.beyondIsSelected = band.everything();
  }

  /** Whether a band can be summed this way: all it keeps is active, or it keeps everything. */
  static boolean fits(TripletBand band, double margin) {
    return band.everything() || band.high() <= margin;
  }

  void add(Neighbourhood of, float[] score, float[] slope, Tally tally) {
    int positives = of.positives();
    if (positives == 0 || of.negatives() == 0) {
      return;
    }
    sortPositives(of.positiveRows(), score);
    boolean bounded = low > Double.NEGATIVE_INFINITY;
    int[] negatives = of.negativeRows();
    for (int i = 0; i < of.negatives(); i++) {
      int n = negatives[i];
      float d = score[n];
      int bits = bits(d);
      int first = below(most, positives, bits + 1);
      int end = bounded ? below(least, positives, bits) : positives;
      // Where both are the same, all this adds up to nothing; a test would be a guess.
      slope[n] -= end - first;
      count[first]++;
      count[end]--;
      sum[first] += d;
      sum[end] -= d;
    }
    collect(score, slope, tally, (long) positives * of.negatives());
  }

  private void sortPositives(int[] rows, float[] score) {
    int positives = rows.length;
    if (order.length != positives) {
      order = new long[positives];
      least = new int[positives];
      most = new int[positives];
      count = new long[positives + 1];
      sum = new double[positives + 1];
    }
    for (int k = 0; k < positives; k++) {
      order[k] = ((long) bits(score[rows[k]]) << 32) | rows[k]; // rows break ties
    }
    Arrays.sort(order);
    for (int k = 0; k < positives; k++) {
      float own = score[(int) order[k]];
      least[k] = bits((float) (own + low));
      most[k] = bits((float) (own + high));
    }
    Arrays.fill(count, 0);
    Arrays.fill(sum, 0);
  }

  private void collect(float[] score, float[] slope, Tally tally, long possible) {
    double value = 0;
    long active = 0;
    long running = 0;
    double negatives = 0;
    for (int k = 0; k < order.length; k++) {
      int p = (int) order[k];
      running += count[k];
      negatives += sum[k];
      if (running > 0) {
        slope[p] += running;
        value += running * (score[p] + margin) - negatives;
        active += running;
      }
    }
    tally.possible += possible;
    tally.tuples(value, beyondIsSelected ? possible : active, active);
  }

  /** A whole number in the order of distances; −1 for all that is below 0. */
  private static int bits(float x) {
    return x < 0 ? -1 : Float.floatToRawIntBits(x + 0f);
  }

  /** How many of the first {@code size} sorted numbers are below {@code x}. */
  private static int below(int[] sorted, int size, int x) {
    return size <= FEW ? counted(sorted, size, x) : bisected(sorted, size, x);
  }

  /** Without branches, which nobody could foretell. */
  private static int counted(int[] sorted, int size, int x) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += (sorted[i] - x) >>> 31;
    }
    return count;
  }

  private static int bisected(int[] sorted, int size, int x) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < x) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
