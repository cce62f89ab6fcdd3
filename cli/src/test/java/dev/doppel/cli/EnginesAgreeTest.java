package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.data.Dataset;
import dev.doppel.data.glyph.GlyphAlphabets;
import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import dev.doppel.model.Calibration;
import dev.doppel.model.Embeddings;
import dev.doppel.model.EncoderMatcher;
import dev.doppel.model.Provenance;
import dev.doppel.network.Encoders;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.option.Settings;
import dev.doppel.random.Seed;
import dev.doppel.torch.Presets;
import dev.doppel.torch.Trained;
import dev.doppel.torch.Trainer;
import dev.doppel.torch.TrainingListener;
import dev.doppel.torch.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What libtorch learned is what ONNX Runtime computes, for every encoder there is. */
class EnginesAgreeTest {

  private static final Dataset DATA = GlyphAlphabets.generate(Seed.of(5), 2, 6, 4);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  /** What {@code --encoder} takes for each that is listed. */
  static Stream<TrainingPlan> presets() {
    TrainingPlan deeper = Settings.with(Presets.named("everyday"), "architecture.blocks", "1,2,1");
    return Stream.concat(
        Encoders.all().stream().map(encoder -> Presets.ofEncoder(encoder.name())),
        Stream.of(deeper));
  }

  @ParameterizedTest
  @MethodSource("presets")
  void embeddingsAndScoresAgreeAfterAStepOfTraining(TrainingPlan preset) {
    TrainingPlan plan = preset;
    for (Map.Entry<String, String> setting :
        Map.of("epochs", "1", "imagesPerEpoch", "16", "batch", "16", "precision", "float32")
            .entrySet()) {
      plan = Settings.with(plan, setting.getKey(), setting.getValue());
    }
    List<Image> images = DATA.samples().limit(6).map(sample -> sample.image()).toList();
    AtomicReference<Embeddings> libtorch = new AtomicReference<>();
    AtomicReference<Double> score = new AtomicReference<>();
    Trained trained =
        new Trainer(
                plan,
                DATA,
                "glyphs",
                matcher -> {
                  libtorch.set(((EncoderMatcher) matcher).encoder().embed(images));
                  score.set(matcher.over(images).score(0, 1));
                  return 0.5;
                },
                null,
                null,
                new TrainingListener() {})
            .start();

    Path file = folder.resolve("model.onnx");
    ModelFile.write(
        file,
        plan.architecture(),
        trained.weights(),
        trained.preprocess(),
        trained.head(),
        new Calibration(0, 1, 0),
        new Provenance(
            plan.architecture().name(), "glyphs", "", true, 1, Map.of(), Map.of(), Map.of()));
    try (OpenModel model = ModelFile.open(file)) {
      float[] expected = Objects.requireNonNull(libtorch.get()).values();
      float[] found = model.twin().encoder().embed(images).values();
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).as("component %d", i).isCloseTo(expected[i], within(1e-4f));
      }
      Matcher.Comparison comparison = model.twin().over(images);
      assertThat(comparison.score(0, 1))
          .isCloseTo(Objects.requireNonNull(score.get()), within(1e-3));
    }
  }
}
