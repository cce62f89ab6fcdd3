package dev.doppel.eval;

import dev.doppel.episode.Pair;
import java.util.List;
import java.util.Locale;

/**
 * Pairs, one to a line of the file: {@code relation,first,second}.
 *
 * @param pairs the pairs, in the order asked
 */
public record PairList(List<Pair> pairs) implements Questions {

  public PairList {
    pairs = List.copyOf(pairs);
  }

  @Override
  public String csv() {
    StringBuilder csv = new StringBuilder(Csv.line(List.of("relation", "first", "second")));
    for (Pair pair : pairs) {
      String relation = pair.relation().name().toLowerCase(Locale.ROOT);
      csv.append(Csv.line(List.of(relation, pair.first().id(), pair.second().id())));
    }
    return csv.toString();
  }
}
