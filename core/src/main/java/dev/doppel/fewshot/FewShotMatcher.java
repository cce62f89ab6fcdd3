package dev.doppel.fewshot;

import dev.doppel.error.OptionException;
import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Encoder;
import java.util.List;

/**
 * A frozen encoder that answers trials by a method in place of its head. Thread-safe as both are.
 *
 * @param model what reports call the model
 * @param encoder makes the embeddings
 * @param method decides
 */
public record FewShotMatcher(String model, Encoder encoder, FewShotMethod method)
    implements Matcher {

  /** The model and the method, which says if it is transductive. */
  @Override
  public String name() {
    return model + ", " + method.label();
  }

  @Override
  public Comparison over(List<Image> images) {
    return new Answers(encoder.embed(images), method);
  }

  private record Answers(Embeddings rows, FewShotMethod method) implements Comparison {

    @Override
    public double score(int first, int second) {
      throw new OptionException(
          "Two images compared by " + method.name(),
          "It decides between classes, so it needs a support set of two or more",
          "Ask a protocol of trials: lake20, koch400 or episodes");
    }

    @Override
    public double[] scores(int query, int[][] support) {
      return scores(new int[] {query}, support)[0];
    }

    @Override
    public double[][] scores(int[] queries, int[][] support) {
      if (method.transductive() && queries.length < 2) {
        throw new OptionException(
            "A transductive " + method.name() + " asked about one query",
            "It learns from the other queries of a support set, and there are none",
            "Ask lake20, koch400 or episodes with several queries, or leave these settings out");
      }
      return method.scores(SupportSet.of(rows, support), SupportSet.rows(rows, queries));
    }
  }
}
