package dev.doppel;

import dev.doppel.error.OptionException;
import dev.doppel.gallery.Filter;

/**
 * How an image is asked about.
 *
 * @param top how many labels to rank, 1 to 1000
 * @param filter which items count
 * @param falseAccepts share of strangers that may be taken for known, above 0 and below 1
 */
public record Question(int top, Filter filter, double falseAccepts) {

  private static final Question STANDARD = new Question(5, Filter.none(), 0.01);

  /**
   * @throws OptionException if a part is out of range
   */
  public Question {
    OptionException.require(top >= 1 && top <= 1000, "top", top, "1 to 1000");
    OptionException.require(
        falseAccepts > 0 && falseAccepts < 1, "false accepts", falseAccepts, "above 0 and below 1");
  }

  /** Five labels, all items, one stranger in a hundred. */
  public static Question standard() {
    return STANDARD;
  }

  /** The same with another number of labels. */
  public Question withTop(int labels) {
    return new Question(labels, filter, falseAccepts);
  }

  /** The same about other items. */
  public Question withFilter(Filter passing) {
    return new Question(top, passing, falseAccepts);
  }

  /** The same with another share of strangers. */
  public Question withFalseAccepts(double share) {
    return new Question(top, filter, share);
  }
}
