package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.ModelException;
import dev.doppel.onnx.OpenModel;
import org.junit.jupiter.api.Test;

class ModelOptionTest {

  @Test
  void nothingNamedIsTheShippedModelWhereThereIsNoModelFile() {
    try (OpenModel model = new ModelOption().open()) {
      assertThat(model.twin().name()).startsWith("omniglot@");
    }
  }

  @Test
  void aNameIsAShippedModel() {
    try (OpenModel model = ModelOption.open("omniglot", 1)) {
      assertThat(model.twin().name()).startsWith("omniglot@");
    }
  }

  @Test
  void aMisspeltNameFailsWithTheNearestAndAMissingFileAsAFile() {
    assertThatThrownBy(() -> ModelOption.open("omniglott", 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("Did you mean omniglot?");
    assertThatThrownBy(() -> ModelOption.open("omniglot.onnx", 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("No model at omniglot.onnx");
    assertThatThrownBy(() -> ModelOption.open("./omniglot", 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("No model at ./omniglot");
  }
}
