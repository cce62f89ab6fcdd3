package dev.doppel.torch;

import dev.doppel.error.OptionException;
import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.network.Architecture;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A start learned by {@link Maml}, which answers a trial by first learning from its examples.
 *
 * <p>It scores one query as it does among others. Thread-safe until it is closed.
 */
public final class TaskLearner implements Matcher, AutoCloseable {

  private final MamlPlan plan;
  private final Maml maml;
  private final Map<String, Tensor> start = new LinkedHashMap<>();

  /** A start as it begins. */
  TaskLearner(MamlPlan plan) {
    this(plan, Initialisation.HE.weights(plan.net(), Seed.of(plan.seed()).at("weights")));
  }

  /** A start with the weights that training left. */
  public TaskLearner(MamlPlan plan, Weights weights) {
    this.plan = plan;
    Architecture net = plan.net();
    this.maml = new Maml(net, plan.innerRate(), plan.firstOrder());
    Blueprint blueprint = Blueprint.of(net);
    blueprint.weights().forEach((name, shape) -> keep(name, weights, shape));
  }

  private void keep(String name, Weights weights, Shape shape) {
    Tensor tensor = FloatTensors.keep(weights.get(name), shape);
    tensor.set_requires_grad(true);
    start.put(name, tensor);
  }

  /** How it learned. */
  public MamlPlan plan() {
    return plan;
  }

  Maml maml() {
    return maml;
  }

  Map<String, Tensor> start() {
    return start;
  }

  Preprocess preprocess() {
    return Preprocess.ink(plan.side()).withCentred(true);
  }

  /** A copy of the weights it starts from. */
  public Weights weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    start.forEach((name, tensor) -> values.put(name, FloatTensors.toArray(tensor)));
    return new Weights(values);
  }

  /** How it was trained, in a word. */
  @Override
  public String name() {
    return plan.firstOrder() ? "maml (first order)" : "maml";
  }

  @Override
  public Comparison over(List<Image> images) {
    Preprocess preprocess = preprocess();
    float[] planes = new float[images.size() * preprocess.length()];
    for (int i = 0; i < images.size(); i++) {
      preprocess.into(images.get(i), planes, i * preprocess.length());
    }
    return new Answers(planes);
  }

  /** Answers from planes that were made once. */
  private final class Answers implements Comparison {

    private final float[] planes;

    Answers(float[] planes) {
      this.planes = planes;
    }

    @Override
    public double score(int first, int second) {
      throw new OptionException(
          "Two images compared by " + name(),
          "It learns from the examples of a support set, two classes or more",
          "Ask a protocol of trials: lake20, koch400 or episodes");
    }

    @Override
    public double[] scores(int query, int[][] support) {
      return scores(new int[] {query}, support)[0];
    }

    @Override
    public double[][] scores(int[] queries, int[][] support) {
      int[] shots = Arrays.stream(support).flatMapToInt(Arrays::stream).toArray();
      int[] labels = new int[shots.length];
      int at = 0;
      for (int way = 0; way < support.length; way++) {
        for (int shot = 0; shot < support[way].length; shot++) {
          labels[at++] = way;
        }
      }
      Libtorch.alone();
      try (PointerScope scope = new PointerScope()) {
        Map<String, Tensor> weights =
            maml.adapted(
                start,
                images(shots),
                TrainedHead.oneHot(labels, support.length),
                plan.testSteps(),
                false);
        float[] flat = FloatTensors.toArray(maml.logits(images(queries), weights));
        double[][] scores = new double[queries.length][support.length];
        for (int i = 0; i < flat.length; i++) {
          scores[i / support.length][i % support.length] = flat[i];
        }
        return scores;
      }
    }

    private Tensor images(int[] chosen) {
      int side = plan.side();
      float[] values = new float[chosen.length * side * side];
      for (int i = 0; i < chosen.length; i++) {
        System.arraycopy(planes, chosen[i] * side * side, values, i * side * side, side * side);
      }
      return FloatTensors.of(values, chosen.length, 1, side, side);
    }
  }

  @Override
  public void close() {
    start.values().forEach(Tensor::releaseReference);
  }
}
