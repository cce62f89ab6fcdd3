package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.GalleryException;
import dev.doppel.error.ModelException;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.MemoryGallery;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.onnx.OpenModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelOptionTest {

  @Test
  void nothingNamedIsTheShippedModelWhereThereIsNoModelFile() {
    try (OpenModel model = new ModelOption().open()) {
      assertThat(model.twin().name()).startsWith("omniglot@");
    }
  }

  @Test
  void aModelThatLayThereAndDoesNotFitTheGalleryIsNotCalledGiven(@TempDir Path folder) {
    Path stray = TinyWorld.in(folder).model();
    ModelOption option = new ModelOption(stray);
    try (OpenModel embedded = ModelOption.open("omniglot", 1);
        OpenModel taken = option.open(1);
        Gallery gallery = new MemoryGallery("toys", ModelStamp.of(embedded.twin()))) {
      assertThatThrownBy(() -> option.requireFits(gallery, taken.twin()))
          .isInstanceOf(GalleryException.class)
          .hasMessageContaining("tiny.onnx was taken, as it lies in this folder")
          .hasMessageContaining("Add --model omniglot")
          .hasMessageNotContaining("given");
      option.requireFits(gallery, embedded.twin());
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
