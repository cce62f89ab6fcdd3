package dev.doppel.torch;

import dev.doppel.error.TrainingException;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Descent by tasks: each update takes the mean gradient of some, which are learned from side by
 * side. The numbers do not depend on how many processors there are.
 *
 * @param what is learned, as errors call it
 * @param tasks of an update
 * @param updates in all
 * @param options of the optimiser
 * @param decays whether the parameter of a name is subject to weight decay
 */
record TaskDescent(
    String what, int tasks, int updates, AdamWOptions options, Predicate<String> decays) {

  /** What a task costs. */
  interface Task {
    /**
     * The loss, a scalar.
     *
     * @param index of the task, counted over all updates
     * @param learned the parameters its gradients go to, by name
     */
    Tensor loss(long index, Map<String, Tensor> learned);
  }

  /**
   * Moves parameters to the end.
   *
   * @param listener is told the loss of each update, and its number from 1
   * @throws TrainingException if the loss is no number
   */
  void run(Map<String, Tensor> parameters, Task task, ObjDoubleConsumer<Integer> listener) {
    Libtorch.calm();
    int cores = Runtime.getRuntime().availableProcessors();
    try (Shards shards = new Shards(tasks, cores, parameters, parameters);
        AdamW optimiser = new AdamW(options, parameters, decays, EachTensor.IN_TURN)) {
      for (int update = 0; update < updates; update++) {
        long first = (long) update * tasks;
        double loss = shards.learn((shard, weights, learned) -> task.loss(first + shard, learned));
        if (!Double.isFinite(loss)) {
          throw new TrainingException(
              "The loss of " + what + " became " + loss + " at update " + (update + 1),
              "It must stay a number",
              "Lower the rate, such as --set rate=" + options.rate() / 3);
        }
        try (PointerScope scope = new PointerScope()) {
          optimiser.step(0, (double) update / updates);
        }
        listener.accept(update + 1, loss);
      }
    }
  }
}
