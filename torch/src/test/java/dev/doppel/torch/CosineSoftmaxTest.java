package dev.doppel.torch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CosineSoftmaxTest {

  static List<Golden> cases() {
    return Stream.of("cosface", "normalized-softmax")
        .flatMap(name -> Golden.cases("contrastive_learning.json", "loss", name).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valueAndGradientsAgreeWithTheReference(Golden golden) {
    JsonNode weights = golden.inputs().get("weights");
    int classes = weights.size();
    int dim = weights.get(0).size();
    double[] labels = Golden.numbers(golden.inputs().get("labels"));
    CosineSoftmaxOptions options =
        new CosineSoftmaxOptions(
            golden.options().get("scale").asDouble(),
            golden.options().path("margin").asDouble(0),
            0,
            1);
    try (CosineSoftmax loss = new CosineSoftmax(classes, dim, options, GoldenLosses.flat(weights));
        PointerScope scope = new PointerScope()) {
      Tensor embeddings =
          FloatTensors.of(GoldenLosses.flat(golden.inputs().get("embeddings")), labels.length, dim);
      embeddings.set_requires_grad(true);
      long[] targets = new long[labels.length];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = (long) labels[i];
      }

      Tensor value =
          loss.loss(embeddings, new Batch.Classes(targets, Seed.of(0)), loss.parameters());
      value.backward();

      GoldenLosses.assertClose(new float[] {value.item_float()}, golden.expected().get("value"));
      JsonNode gradient = golden.expected().get("gradient");
      GoldenLosses.assertClose(FloatTensors.toArray(embeddings.grad()), gradient.get("embeddings"));
      GoldenLosses.assertClose(
          FloatTensors.toArray(
              Objects.requireNonNull(loss.parameters().get("classes.weight")).grad()),
          gradient.get("weights"));
    }
  }
}
