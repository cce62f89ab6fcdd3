package dev.doppel.eval;

/**
 * A figure with all that is needed to believe it.
 *
 * @param protocol name of the protocol, with its options ({@code episodes 5-way 1-shot within})
 * @param accuracy share of right answers, 0 to 1; ties of k count 1/k
 * @param interval 95 % interval of the accuracy
 * @param trials number of questions asked
 * @param seed seed of the trials; 0 where the protocol fixes them
 * @param model name of the matcher that answered, with the fingerprint of its weights if any
 * @param data name of the data set the questions came from
 * @param synthetic whether a program drew that data
 */
public record Score(
    String protocol,
    double accuracy,
    Interval interval,
    int trials,
    long seed,
    String model,
    String data,
    boolean synthetic) {

  Score called(String name) {
    return new Score(name, accuracy, interval, trials, seed, model, data, synthetic);
  }
}
