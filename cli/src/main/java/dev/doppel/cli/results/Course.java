package dev.doppel.cli.results;

import java.util.List;

/**
 * How a network of the tables learned: its validation accuracy on the way.
 *
 * @param looks in order
 */
public record Course(List<Look> looks) {

  /**
   * One look at the validation alphabets.
   *
   * @param images learned from until then
   * @param validation share of right answers, 0 to 1
   */
  public record Look(long images, double validation) {}

  public Course {
    looks = List.copyOf(looks);
  }
}
