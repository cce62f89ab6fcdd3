package dev.doppel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.ModelException;
import dev.doppel.model.Calibration;
import dev.doppel.model.Encoder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void aCalibratedCopyIsAFileOfItsOwn(@TempDir Path folder) {
    Path copy = folder.resolve("strict.onnx");
    try (OpenModel shipped = ShippedModel.named("omniglot", 1)) {
      Calibration strict = shipped.twin().calibration().withThreshold(0.875);
      ShippedModel.recalibrate("omniglot", copy, strict);
      try (OpenModel open = ModelFile.open(copy, 1)) {
        assertThat(open.twin().calibration()).isEqualTo(strict);
        assertThat(open.twin().fingerprint()).isEqualTo(shipped.twin().fingerprint());
      }
    }
  }
}
