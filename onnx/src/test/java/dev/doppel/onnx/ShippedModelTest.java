package dev.doppel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.ModelException;
import dev.doppel.model.Encoder;
import org.junit.jupiter.api.Test;

class ShippedModelTest {

  @Test
  void everyListedModelOpensAndEmbeds() {
    assertThat(ShippedModel.names()).contains("omniglot");
    for (String name : ShippedModel.names()) {
      try (OpenModel model = ShippedModel.named(name, 1)) {
        Encoder encoder = model.twin().encoder();
        float[] row = encoder.embed(new float[encoder.preprocess().length()], 1);

        assertThat(model.twin().name()).startsWith(name + "@");
        assertThat(row).hasSize(encoder.dim());
      }
    }
  }

  @Test
  void anUnknownNameFailsWithTheNearest() {
    assertThatThrownBy(() -> ShippedModel.named("omnigolt"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("omnigolt")
        .hasMessageContaining("Did you mean omniglot?");
  }
}
