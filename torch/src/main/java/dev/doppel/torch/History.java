package dev.doppel.torch;

import java.util.List;

/**
 * The course of a training run.
 *
 * @param epochs what each epoch ended with
 */
public record History(List<Epoch> epochs) {

  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * The end of an epoch.
   *
   * @param epoch the epoch, from 1
   * @param images distinct images seen since the run began
   * @param loss mean loss of the epoch's steps
   * @param validation accuracy on the validation alphabets' one-shot trials, 0 to 1
   * @param seconds time trained since the run began
   */
  public record Epoch(int epoch, long images, double loss, double validation, double seconds) {}

  /** The epoch with the highest validation accuracy, the first of equals. */
  public Epoch best() {
    Epoch best = epochs.get(0);
    for (Epoch epoch : epochs) {
      if (epoch.validation() > best.validation()) {
        best = epoch;
      }
    }
    return best;
  }
}
