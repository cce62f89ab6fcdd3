package dev.doppel.torch;

import dev.doppel.random.Seed;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A graph neural network over an episode (Garcia and Bruna 2018): examples and one query are nodes,
 * a learned function of their differences says how strongly they are joined, and labels travel
 * along. Each query has a graph of its own, so none sees another.
 *
 * <p>The paper appends labels to the nodes as one-hot vectors, which gives classes an order and
 * fixes their number. Here each class has a channel of its own, all with the same weights: 1 on its
 * examples, 0 on the others', 1/ways on the query. Whether two nodes have one label is part of
 * their edge. Where edges measure closeness, one step is a matching network's attention.
 */
final class GraphHead implements EpisodeHead {

  static final String NAME = "graph";

  /** Features that a step adds to each node, and to each class's channel. */
  private static final int CHANNEL = 16;

  private static final double LEAK = 0.01;
  private static final double NEVER = -1e9;

  private final int steps;
  private final Map<String, Tensor> weights;

  /**
   * @param hidden units of each edge's network, and features that a step adds to a node
   * @param steps how often nodes look at their neighbours
   */
  GraphHead(int dim, int hidden, int steps, Seed seed) {
    this.steps = steps;
    HeadWeights layers = new HeadWeights(seed);
    int width = dim;
    int channel = 1;
    for (int step = 0; step < steps; step++) {
      layers.layer("edge." + step + ".1", width + 1, hidden);
      layers.layer("edge." + step + ".2", hidden, 1);
      if (step + 1 < steps) { // the last step's nodes are looked at by nobody
        layers.layer("node." + step, 2 * width, hidden);
        width += hidden;
      }
      layers.layer("class." + step, 2 * channel, CHANNEL);
      channel += CHANNEL;
    }
    this.weights = layers.layer("score", channel, 1).tensors();
  }

  @Override
  public Map<String, Tensor> parameters() {
    return weights;
  }

  @Override
  public Tensor scores(
      Tensor support, Tensor classes, Tensor queries, Map<String, Tensor> learned) {
    long examples = support.size(0);
    long dim = support.size(1);
    long ways = classes.size(1);
    long asked = queries.size(0);
    long nodes = examples + 1;
    Tensor x =
        HeadWeights.sphere(
            torch.cat(
                new TensorVector(
                    support.unsqueeze(0).expand(asked, examples, dim), queries.unsqueeze(1)),
                1));
    Tensor unknown = torch.ones_like(classes.narrow(0, 0, 1)).div(new Scalar((double) ways));
    Tensor labels = torch.cat(new TensorVector(classes, unknown), 0);
    Tensor alike =
        torch
            .matmul(labels, labels.transpose(0, 1))
            .unsqueeze(0)
            .unsqueeze(3)
            .expand(asked, nodes, nodes, 1);
    Tensor itself = torch.eye(nodes).to(classes.scalar_type()).mul(new Scalar(NEVER)).unsqueeze(0);
    Tensor h = labels.unsqueeze(0).unsqueeze(3).expand(asked, nodes, ways, 1);
    for (int step = 0; step < steps; step++) {
      Tensor apart = x.unsqueeze(2).sub(x.unsqueeze(1)).abs();
      Tensor edges = torch.cat(new TensorVector(apart, alike), 3);
      edges = leaky(HeadWeights.dense(learned, "edge." + step + ".1", edges));
      edges = HeadWeights.dense(learned, "edge." + step + ".2", edges).squeeze(3);
      Tensor weights = edges.add(itself).softmax(2); // of each node's neighbours, 1 together
      Tensor flat = h.reshape(asked, nodes, ways * h.size(3));
      Tensor seen = torch.matmul(weights, flat).reshape(asked, nodes, ways, h.size(3));
      h = grown(learned, "class." + step, h, seen, 3);
      if (step + 1 < steps) {
        x = grown(learned, "node." + step, x, torch.matmul(weights, x), 2);
      }
    }
    Tensor query = h.select(1, examples); // [asked, ways, channel]
    return HeadWeights.dense(learned, "score", query).squeeze(2);
  }

  /** What a node is, with what it makes of itself and of its neighbours. */
  private static Tensor grown(
      Map<String, Tensor> learned, String name, Tensor own, Tensor seen, int axis) {
    Tensor made =
        leaky(HeadWeights.dense(learned, name, torch.cat(new TensorVector(own, seen), axis)));
    return torch.cat(new TensorVector(own, made), axis);
  }

  private static Tensor leaky(Tensor input) {
    return torch.leaky_relu(input, new Scalar(LEAK));
  }

  @Override
  public Tensor loss(Tensor scores, Tensor answers) {
    Tensor shares = scores.log_softmax(1);
    return shares.mul(answers).sum().div(new Scalar(-(double) answers.size(0)));
  }
}
