package dev.doppel.eval;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well each item of a labelled set finds the others of its class.
 *
 * <p>Each item is a query against all others, the closest first, lowest index first among equals.
 * With R the number of others of its class, a query with R = 0 is left out. Immutable and
 * thread-safe.
 */
public final class Retrieval {

  private final int queries;
  private final double rPrecision;
  private final double mapAtR;

  /** Rank of the first match of each query, from 1. */
  private final int[] firstMatches;

  /**
   * @param comparison scores among the items, higher is closer
   * @param labels the class of each item
   */
  public Retrieval(Matcher.Comparison comparison, int[] labels) {
    int[] first = new int[labels.length];
    int count = 0;
    double precision = 0;
    double averagePrecision = 0;
    for (int query = 0; query < labels.length; query++) {
      int[] ranked = ranked(comparison, query, labels.length);
      int r = 0;
      for (int other : ranked) {
        r += labels[other] == labels[query] ? 1 : 0;
      }
      if (r == 0) {
        continue;
      }
      int matches = 0;
      double sum = 0;
      for (int rank = 1; rank <= ranked.length; rank++) {
        if (labels[ranked[rank - 1]] != labels[query]) {
          continue;
        }
        if (first[count] == 0) {
          first[count] = rank;
        }
        if (rank <= r) {
          matches++;
          sum += (double) matches / rank;
        }
      }
      precision += (double) matches / r;
      averagePrecision += sum / r;
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException("no label occurs twice among " + labels.length);
    }
    this.queries = count;
    this.rPrecision = precision / count;
    this.mapAtR = averagePrecision / count;
    this.firstMatches = java.util.Arrays.copyOf(first, count);
  }

  private static int[] ranked(Matcher.Comparison comparison, int query, int items) {
    double[] scores = new double[items];
    for (int other = 0; other < items; other++) {
      scores[other] = other == query ? 0 : comparison.score(query, other);
    }
    return IntStream.range(0, items)
        .filter(other -> other != query)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer other) -> scores[other]).reversed()) // stable
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The number of items that have a match to find. */
  public int queries() {
    return queries;
  }

  /** Share of matches among the R nearest, mean over queries. */
  public double rPrecision() {
    return rPrecision;
  }

  /** 1/R times the precision at each rank up to R that holds a match, mean over queries. */
  public double mapAtR() {
    return mapAtR;
  }

  /** Share of queries with a match among the k nearest; at 1 this is precision at 1. */
  public double recallAt(int k) {
    return (double) java.util.Arrays.stream(firstMatches).filter(rank -> rank <= k).count()
        / queries;
  }
}
