package dev.doppel.episode;

import dev.doppel.error.OptionException;

/**
 * What an N-way K-shot trial looks like.
 *
 * @param ways N: classes to choose from
 * @param shots K: images of each
 * @param scope whether the classes are of one group
 * @param hands whose images the support set may hold
 * @param smallGroups what happens to a group that cannot supply a trial within it
 */
public record EpisodeShape(int ways, int shots, Scope scope, Hands hands, SmallGroups smallGroups) {

  /** Where the classes of a trial come from. */
  public enum Scope {
    /** All of one group: the harder question, and Koch's. */
    WITHIN,
    /** From the whole data set: the easier one, of Vinyals et al. 2016. */
    ACROSS
  }

  /** Whose images may answer a query. */
  public enum Hands {
    /** Any image but the query itself. */
    ANY,
    /** No image of the query's group by the query's drawer. */
    OTHER
  }

  /** What to do with a group of too few classes. */
  public enum SmallGroups {
    /** Refuse, naming them. */
    REFUSE,
    /** Draw from the others; {@link EpisodeSampler#skipped()} names them. */
    SKIP
  }

  public EpisodeShape {
    if (ways < 2 || shots < 1) {
      throw new OptionException(
          "Trials of %d ways and %d shots".formatted(ways, shots),
          "There must be at least 2 ways and 1 shot",
          "Take 20 ways and 1 shot, as Koch et al. did");
    }
  }

  /** Trials within one group, any hands; small groups are refused. */
  public static EpisodeShape within(int ways, int shots) {
    return new EpisodeShape(ways, shots, Scope.WITHIN, Hands.ANY, SmallGroups.REFUSE);
  }

  /** Trials over classes of all groups, any hands. */
  public static EpisodeShape across(int ways, int shots) {
    return new EpisodeShape(ways, shots, Scope.ACROSS, Hands.ANY, SmallGroups.REFUSE);
  }

  /** The same, where nobody's own image answers a query. */
  public EpisodeShape byOtherHands() {
    return new EpisodeShape(ways, shots, scope, Hands.OTHER, smallGroups);
  }

  /** The same, where groups of too few classes are left out. */
  public EpisodeShape skippingSmallGroups() {
    return new EpisodeShape(ways, shots, scope, hands, SmallGroups.SKIP);
  }

  /** As reports call it: {@code 5-way 1-shot within, other hands}. */
  @Override
  public String toString() {
    return "%d-way %d-shot %s%s"
        .formatted(
            ways,
            shots,
            scope == Scope.WITHIN ? "within" : "across",
            hands == Hands.OTHER ? ", other hands" : "");
  }
}
