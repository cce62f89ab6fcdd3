package dev.doppel.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Learns from equal parts of a batch side by side, a thread each, and adds up their gradients.
 *
 * <p>libtorch's own threads meet several hundred times a step, and whenever one of them has lost
 * its processor for a moment, all wait. Shards meet once a step. What they compute depends on how
 * many shards there are, not on how many threads run them. Between batches the same threads go
 * through the weights, a portion each.
 */
final class Shards implements EachTensor, AutoCloseable {

  private final int cores;
  private final int threadsEach;
  private final List<Shard> shards = new ArrayList<>();
  private final ExecutorService threads;
  private boolean begun;

  /** One part's view of the weights: the same numbers, with gradients of its own. */
  private record Shard(Map<String, Tensor> weights, Map<String, Tensor> learned) {}

  /** What is done with a part of a batch. */
  interface Work {
    /**
     * The loss of a part, a scalar.
     *
     * @param weights the network's
     * @param learned all that gets gradients: the network's weights and the objective's
     */
    Tensor loss(int shard, Map<String, Tensor> weights, Map<String, Tensor> learned);
  }

  /**
   * @param weights the network's, running statistics among them; the first shard's are kept
   * @param learned all that gets gradients
   */
  Shards(int count, int cores, Map<String, Tensor> weights, Map<String, Tensor> learned) {
    this.cores = cores;
    this.threadsEach = Math.max(1, cores / count);
    torch.set_num_threads(threadsEach);
    shards.add(new Shard(weights, learned));
    for (int i = 1; i < count; i++) {
      shards.add(view(weights, learned));
    }
    this.threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(cores, count) - 1),
            task -> {
              Thread thread = new Thread(task, "doppel-shard");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static Shard view(Map<String, Tensor> weights, Map<String, Tensor> learned) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    learned.forEach(
        (name, tensor) -> {
          Tensor view = tensor.detach(); // shares the numbers
          view.set_requires_grad(true);
          view.retainReference();
          own.put(name, view);
        });
    Map<String, Tensor> all = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) -> {
          Tensor view = own.get(name);
          if (view == null) { // a running statistic, which nobody reads
            view = tensor.detach().clone();
            view.retainReference();
          }
          all.put(name, view);
        });
    return new Shard(all, own);
  }

  /**
   * Adds the mean of the shards' gradients to the first shard's parameters.
   *
   * @return the mean of the shards' losses; gradients are void if it is no number
   */
  double learn(Work work) {
    double sum;
    if (oneByOne()) {
      sum = 0;
      for (int i = 0; i < shards.size(); i++) {
        sum += learn(i, work);
      }
    } else {
      List<Callable<Double>> parts = new ArrayList<>();
      for (int i = 0; i < shards.size(); i++) {
        int shard = i;
        parts.add(() -> learn(shard, work));
      }
      sum = sideBySide(parts).stream().mapToDouble(each -> each).sum();
    }
    gather();
    return sum / shards.size();
  }

  /** What is done with a part of a batch before all are looked at together. */
  interface Forward {
    /**
     * The rows of a part, {@code [count, dim]}.
     *
     * @param weights the network's
     */
    Tensor rows(int shard, Map<String, Tensor> weights);
  }

  /** What is done with the rows of all parts together, outside libtorch. */
  interface Together {
    /**
     * The loss of a batch with its gradients.
     *
     * @param rows of all parts in order
     */
    MetricObjective.Given loss(float[] rows);
  }

  /**
   * Adds the gradients of a loss that looks at the whole batch to the first shard's parameters:
   * parts are embedded side by side, meet once for the loss, and go back side by side.
   *
   * @return the loss; gradients are void if it is no number
   */
  double learn(Forward forward, Together together) {
    double value;
    try (PointerScope scope = new PointerScope()) {
      if (oneByOne()) {
        List<Tensor> parts = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
          parts.add(forward.rows(i, shards.get(i).weights()));
        }
        MetricObjective.Given given =
            together.loss(joined(parts.stream().map(FloatTensors::toArray).toList()));
        for (int i = 0; i < parts.size(); i++) {
          backward(i, parts.get(i), given);
        }
        value = given.value();
      } else {
        value = meet(forward, together);
      }
    }
    gather();
    return value;
  }

  /**
   * Whether one thread does it all: also in the first step, in which oneDNN makes and keeps its
   * kernels, and two threads at it have been seen to end the process.
   */
  private boolean oneByOne() {
    boolean first = !begun;
    begun = true;
    return first || cores == 1 || shards.size() == 1;
  }

  private double meet(Forward forward, Together together) {
    CompletableFuture<MetricObjective.Given> met = new CompletableFuture<>();
    List<CompletableFuture<float[]>> rows = new ArrayList<>();
    List<Future<?>> others = new ArrayList<>();
    for (int i = 1; i < shards.size(); i++) {
      int shard = i;
      CompletableFuture<float[]> own = new CompletableFuture<>();
      rows.add(own);
      others.add(threads.submit(() -> part(shard, forward, own, met)));
    }
    MetricObjective.Given given;
    try {
      torch.set_num_threads(threadsEach);
      Tensor first = forward.rows(0, shards.get(0).weights());
      List<float[]> all = new ArrayList<>();
      all.add(FloatTensors.toArray(first));
      rows.forEach(each -> all.add(await(each)));
      given = together.loss(joined(all));
      met.complete(given);
      backward(0, first, given);
    } catch (RuntimeException | Error failed) {
      met.completeExceptionally(failed); // or the others would wait for ever
      finish(others, failed);
      throw failed;
    }
    others.forEach(Shards::await);
    return given.value();
  }

  private void part(
      int index,
      Forward forward,
      CompletableFuture<float[]> own,
      CompletableFuture<MetricObjective.Given> met) {
    torch.set_num_threads(threadsEach); // the number is each thread's own
    try (PointerScope scope = new PointerScope()) {
      Tensor rows = forward.rows(index, shards.get(index).weights());
      own.complete(FloatTensors.toArray(rows));
      backward(index, rows, met.join());
    } catch (RuntimeException | Error failed) {
      own.completeExceptionally(failed);
      throw failed;
    }
  }

  /** The way back of one part; the first takes the gradients of the loss's own parameters along. */
  private void backward(int index, Tensor rows, MetricObjective.Given given) {
    if (!Double.isFinite(given.value())) {
      return;
    }
    int length = (int) rows.numel();
    float[] own = Arrays.copyOfRange(given.gradient(), index * length, (index + 1) * length);
    Tensor loss = GivenGradient.of(rows, given.value(), own);
    if (index == 0) {
      for (Map.Entry<String, float[]> each : given.byParameter().entrySet()) {
        Tensor parameter =
            Objects.requireNonNull(shards.get(0).learned().get(each.getKey()), each.getKey());
        loss = loss.add(GivenGradient.of(parameter, 0, each.getValue()));
      }
    }
    // gather() takes the mean of the shards' gradients, and here they are parts of one.
    loss.mul(new Scalar((double) shards.size())).backward();
  }

  private static float[] joined(List<float[]> parts) {
    int part = parts.get(0).length;
    float[] all = new float[parts.size() * part];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, all, i * part, part);
    }
    return all;
  }

  private double learn(int index, Work work) {
    if (shards.size() > 1) {
      torch.set_num_threads(threadsEach); // the number is each thread's own
    }
    Shard shard = shards.get(index);
    try (PointerScope scope = new PointerScope()) {
      Tensor loss = work.loss(index, shard.weights(), shard.learned());
      double value = loss.item_float();
      if (Double.isFinite(value)) {
        loss.backward();
      }
      return value;
    }
  }

  private void gather() {
    if (shards.size() == 1) {
      return;
    }
    double share = 1.0 / shards.size();
    forEach(
        shards.get(0).learned(),
        (name, parameter) -> {
          Tensor gradient = parameter.mutable_grad();
          for (Shard other : shards.subList(1, shards.size())) {
            Tensor more = Objects.requireNonNull(other.learned().get(name)).mutable_grad();
            if (gradient.defined() && more.defined()) {
              gradient.add_(more);
              more.zero_();
            }
          }
          if (gradient.defined()) {
            gradient.mul_(new Scalar(share));
          }
        });
  }

  /** Each thread takes tensors that together have about as many numbers as another's. */
  @Override
  public void forEach(Map<String, Tensor> tensors, BiConsumer<String, Tensor> work) {
    List<Callable<Boolean>> parts = new ArrayList<>();
    for (Map<String, Tensor> portion : portions(tensors)) {
      parts.add(
          () -> {
            inTurn(portion, work);
            return true;
          });
    }
    sideBySide(parts);
  }

  private List<Map<String, Tensor>> portions(Map<String, Tensor> tensors) {
    int count = Math.min(cores, shards.size());
    List<Map<String, Tensor>> portions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      portions.add(new LinkedHashMap<>());
    }
    long[] numbers = new long[count];
    tensors.entrySet().stream()
        .sorted(Comparator.comparingLong(each -> -each.getValue().numel()))
        .forEach(
            each -> {
              int least = 0;
              for (int i = 1; i < count; i++) {
                least = numbers[i] < numbers[least] ? i : least;
              }
              portions.get(least).put(each.getKey(), each.getValue());
              numbers[least] += each.getValue().numel();
            });
    return portions;
  }

  private void inTurn(Map<String, Tensor> tensors, BiConsumer<String, Tensor> work) {
    if (shards.size() > 1) {
      torch.set_num_threads(threadsEach); // the number is each thread's own
    }
    try (PointerScope scope = new PointerScope()) {
      tensors.forEach(work);
    }
  }

  /** The first on the thread that asks, the others beside it; all are over when it returns. */
  private <T> List<T> sideBySide(List<Callable<T>> parts) {
    List<Future<T>> others = new ArrayList<>();
    for (Callable<T> part : parts.subList(1, parts.size())) {
      others.add(threads.submit(part));
    }
    List<T> results = new ArrayList<>();
    try {
      results.add(parts.get(0).call());
      for (Future<T> other : others) {
        results.add(await(other));
      }
    } catch (RuntimeException | Error failed) {
      finish(others, failed);
      throw failed;
    } catch (Exception checked) {
      throw new IllegalStateException(checked); // no part throws any
    }
    return results;
  }

  /** Waits for all, as nobody may work on what is about to be freed. */
  private static void finish(List<? extends Future<?>> others, Throwable failed) {
    for (Future<?> other : others) {
      try {
        await(other);
      } catch (RuntimeException | Error alsoFailed) {
        if (alsoFailed != failed) {
          failed.addSuppressed(alsoFailed);
        }
      }
    }
  }

  private static <T> T await(Future<T> shard) {
    try {
      return shard.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a shard was learning", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (failed.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    for (Shard shard : shards.subList(1, shards.size())) {
      shard.weights().values().forEach(Tensor::releaseReference);
      shard
          .learned()
          .forEach(
              (name, tensor) -> {
                if (!shard.weights().containsKey(name)) {
                  tensor.releaseReference();
                }
              });
    }
  }
}
