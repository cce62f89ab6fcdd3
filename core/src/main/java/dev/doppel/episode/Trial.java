package dev.doppel.episode;

import dev.doppel.data.Sample;
import java.util.List;

/**
 * One N-way K-shot question: which class of the support set does the query show?
 *
 * @param query the image asked about
 * @param support N classes of K images each; never the query itself
 * @param answer index of the right class in {@code support}
 */
public record Trial(Sample query, List<List<Sample>> support, int answer) {

  public Trial {
    support = support.stream().map(List::copyOf).toList();
    if (answer < 0 || answer >= support.size()) {
      throw new IllegalArgumentException("answer " + answer + " of " + support.size() + " ways");
    }
    for (int way = 0; way < support.size(); way++) {
      for (Sample shot : support.get(way)) {
        if (shot.equals(query)) {
          throw new IllegalArgumentException("the query " + query.id() + " is in its support set");
        }
        if (shot.sameClass(query) != (way == answer)) {
          throw new IllegalArgumentException(
              shot.id() + " at way " + way + " contradicts the answer " + answer);
        }
      }
    }
  }

  /** N: the number of classes to choose from. */
  public int ways() {
    return support.size();
  }
}
