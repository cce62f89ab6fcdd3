package dev.doppel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.image.Bitmap;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Encoder;
import dev.doppel.model.Head;
import dev.doppel.network.ResidualNet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxEncoderTest {

  private static final int IMAGES = 130; // two full batches and a part

  private final Sketch sketch = Sketch.of(ResidualNet.small(), new Head.Cosine());
  private final float[] planes = sketch.planes(IMAGES, 2);
  private final Path file;

  OnnxEncoderTest(@TempDir Path folder) {
    this.file = folder.resolve("model.onnx");
    sketch.write(file);
  }

  @Test
  void manyThreadsAtOnceGetTheSameNumbers() throws Exception {
    try (OpenModel model = ModelFile.open(file)) {
      Encoder encoder = model.twin().encoder();
      float[] alone = encoder.embed(planes, IMAGES);
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<float[]>> together = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          together.add(threads.submit(() -> encoder.embed(planes, IMAGES)));
        }
        for (Future<float[]> rows : together) {
          assertThat(rows.get()).containsExactly(alone);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void numbersDependNeitherOnThreadsNorOnTheBatch() {
    int plane = sketch.preprocess().length();
    try (OpenModel one = ModelFile.open(file, 1);
        OpenModel three = ModelFile.open(file, 3)) {
      float[] rows = one.twin().encoder().embed(planes, IMAGES);

      assertThat(three.twin().encoder().embed(planes, IMAGES)).containsExactly(rows);
      for (int i : new int[] {0, 63, 64, IMAGES - 1}) {
        float[] single =
            one.twin().encoder().embed(Arrays.copyOfRange(planes, i * plane, (i + 1) * plane), 1);
        int dim = one.twin().encoder().dim();
        assertThat(single)
            .containsExactly(Arrays.copyOfRange(rows, i * dim, (i + 1) * dim), within(1e-6f));
      }
    }
  }

  @Test
  void imagesAreEmbeddedAsTheModelsPreprocessingSays() {
    Bitmap.Builder sheet = new Bitmap.Builder(105, 105);
    for (int i = 20; i < 80; i++) {
      sheet.ink(i, i);
      sheet.ink(i, 50);
    }
    Bitmap image = sheet.build();
    float[] plane = new float[sketch.preprocess().length()];
    sketch.preprocess().into(image, plane, 0);
    try (OpenModel model = ModelFile.open(file)) {
      Embeddings embeddings = model.twin().encoder().embed(List.of(image, image));

      assertThat(embeddings.row(1))
          .containsExactly(
              LoopNet.embed(sketch.architecture(), sketch.weights(), plane), within(1e-4f));
      assertThat(model.twin().over(List.of(image, image)).score(0, 1)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void noImagesHaveNoEmbeddings() {
    try (OpenModel model = ModelFile.open(file)) {
      assertThat(model.twin().encoder().embed(new float[0], 0)).isEmpty();
      assertThat(model.twin().encoder().embed(List.of()).count()).isZero();
    }
  }

  @Test
  void planesOfAnotherLengthAreRefused() {
    try (OpenModel model = ModelFile.open(file)) {
      Encoder encoder = model.twin().encoder();

      assertThatThrownBy(() -> encoder.embed(new float[1599], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1599 values for 1 planes of 1600");
      assertThatThrownBy(() -> encoder.embed(new float[0], -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aClosedModelRefusesEvenCallersThatWereBusyWithIt() throws Exception {
    OpenModel model = ModelFile.open(file, 1);
    Encoder encoder = model.twin().encoder();
    float[] expected = encoder.embed(planes, IMAGES);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> busy = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        busy.add(
            threads.submit(
                () -> {
                  int runs = 0;
                  while (true) {
                    try {
                      assertThat(encoder.embed(planes, IMAGES)).containsExactly(expected);
                      runs++;
                    } catch (IllegalStateException closed) {
                      assertThat(closed).hasMessage("the model was closed");
                      return runs;
                    }
                  }
                }));
      }
      encoder.embed(planes, IMAGES);
      model.close();
      model.close();
      for (Future<Integer> runs : busy) {
        assertThat(runs.get()).isNotNegative();
      }
      assertThatThrownBy(() -> encoder.embed(planes, IMAGES))
          .isInstanceOf(IllegalStateException.class);
    } finally {
      threads.shutdownNow();
    }
  }
}
