package dev.doppel.torch;

import dev.doppel.random.Seed;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A learned comparison (Sung et al. 2018): a small network looks at a class and a query and says
 * how related they are; the loss is the square of its sigmoid's error, as in the paper.
 *
 * <p>A class is the mean of its examples where the paper takes their sum, so that the number of
 * shots may change. Ours compares embeddings in place of feature maps, and also sees the absolute
 * difference, which a few dense layers would be slow to find.
 */
final class RelationHead implements EpisodeHead {

  static final String NAME = "relation";

  private final Map<String, Tensor> weights;

  RelationHead(int dim, int hidden, Seed seed) {
    this.weights =
        new HeadWeights(seed)
            .layer("relation.1", 3 * dim, hidden)
            .layer("relation.2", hidden, hidden)
            .layer("relation.3", hidden, 1)
            .tensors();
  }

  @Override
  public Map<String, Tensor> parameters() {
    return weights;
  }

  @Override
  public Tensor scores(
      Tensor support, Tensor classes, Tensor queries, Map<String, Tensor> learned) {
    long ways = classes.size(1);
    long asked = queries.size(0);
    long dim = queries.size(1);
    Tensor sizes = classes.sum(new long[] {0}, false, new ScalarTypeOptional()).unsqueeze(1);
    Tensor means = torch.matmul(classes.transpose(0, 1), HeadWeights.sphere(support)).div(sizes);
    Tensor left = means.unsqueeze(0).expand(asked, ways, dim);
    Tensor right = HeadWeights.sphere(queries).unsqueeze(1).expand(asked, ways, dim);
    Tensor pairs = torch.cat(new TensorVector(left, right, left.sub(right).abs()), 2);
    Tensor x = HeadWeights.dense(learned, "relation.1", pairs).relu();
    x = HeadWeights.dense(learned, "relation.2", x).relu();
    return HeadWeights.dense(learned, "relation.3", x).squeeze(2);
  }

  @Override
  public Tensor loss(Tensor scores, Tensor answers) {
    Tensor error = scores.sigmoid().sub(answers);
    return error.mul(error).sum().div(new Scalar((double) answers.size(0)));
  }
}
