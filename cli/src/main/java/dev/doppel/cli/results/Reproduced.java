package dev.doppel.cli.results;

import org.jspecify.annotations.Nullable;

/**
 * A row with what was recorded and what came out now.
 *
 * @param row which
 * @param recorded the figure of old; null if there is none
 * @param anew the figure of now; null if it was not measured
 * @param state how both compare
 */
public record Reproduced(Row row, @Nullable Figure recorded, @Nullable Figure anew, State state) {

  /** How a row came out. */
  public enum State {
    HOLDS("holds"),
    MOVED("MOVED"),
    NEW("not recorded yet"),
    RECORDED("recorded"),
    NEEDS_TRAINING("recorded; --train measures it"),
    MODEL_MISSING("its model is not shipped"),
    DATA_MISSING("its images are not here");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** As tables say it. */
    public String words() {
      return words;
    }
  }

  /** A row measured now. */
  public static Reproduced measured(Row row, @Nullable Figure recorded, Figure anew) {
    State state = recorded == null ? State.NEW : recorded.covers(anew) ? State.HOLDS : State.MOVED;
    return new Reproduced(row, recorded, anew, state);
  }

  /** A row that is not measured now. */
  public static Reproduced unmeasured(Row row, @Nullable Figure recorded, State state) {
    return new Reproduced(row, recorded, null, state);
  }

  /** The figure to show: of now, or else of old; null if there is neither. */
  public @Nullable Figure figure() {
    return anew != null ? anew : recorded;
  }
}
