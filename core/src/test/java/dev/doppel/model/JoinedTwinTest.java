package dev.doppel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.data.Sample;
import dev.doppel.data.glyph.SyntheticOmniglot;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinedTwinTest {

  private static final List<Image> IMAGES =
      SyntheticOmniglot.generate(Seed.of(3))
          .testAlphabets()
          .samples()
          .limit(70)
          .map(Sample::image)
          .toList();

  /** Embeds a picture as its pixels, each by its own factor. */
  private record Pixels(int side, float factor) implements Encoder {

    @Override
    public Preprocess preprocess() {
      return Preprocess.ink(side);
    }

    @Override
    public int dim() {
      return side * side;
    }

    @Override
    public float[] embed(float[] planes, int count) {
      assertThat(planes).hasSize(count * dim());
      float[] rows = planes.clone();
      for (int i = 0; i < rows.length; i++) {
        rows[i] *= factor * (1 + i % 3);
      }
      return rows;
    }
  }

  private static Twin twin(String name, Encoder encoder, Head head) {
    Provenance nobody = new Provenance(name, "", "", true, 1, Map.of(), Map.of(), Map.of());
    return new Twin(name, name + "'s print", encoder, head, Calibration.NONE, nobody);
  }

  private static final Twin COARSE = twin("coarse", new Pixels(6, 1), new Head.Cosine());
  private static final Twin FINE = twin("fine", new Pixels(9, 30), new Head.Cosine());

  @Test
  void theCosineOfTheWholeIsTheMeanOfTheParts() {
    var joined = JoinedTwin.of(List.of(COARSE, FINE), Views.PLAIN).over(IMAGES);
    var coarse = COARSE.over(IMAGES);
    var fine = FINE.over(IMAGES);
    for (int i = 0; i < IMAGES.size(); i++) {
      assertThat(joined.score(0, i))
          .isCloseTo((coarse.score(0, i) + fine.score(0, i)) / 2, within(1e-6));
    }
  }

  @Test
  void rowsHaveUnitLengthHoweverLongThePartsAre() {
    Encoder joined = JoinedTwin.of(List.of(COARSE, FINE), Views.named("9")).encoder();
    Embeddings rows = joined.embed(IMAGES);
    for (int i = 0; i < rows.count(); i++) {
      double squares = 0;
      for (float value : rows.row(i)) {
        squares += (double) value * value;
      }
      assertThat(squares).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void viewsAreTheImageSeenThroughEachMap() {
    Image image = IMAGES.get(0);
    Views views = Views.named("5");
    double[] mean = new double[36];
    for (var view : views.maps()) {
      float[] plane = new float[36];
      Preprocess.ink(6).into(image, view.inverse(image.width(), image.height()), plane, 0);
      float[] row = COARSE.encoder().embed(plane, 1);
      double length = length(row);
      for (int k = 0; k < mean.length; k++) {
        mean[k] += row[k] / length;
      }
    }
    float[] whole = JoinedTwin.of(List.of(COARSE), views).encoder().embed(List.of(image)).row(0);
    double length = Math.sqrt(Arrays.stream(mean).map(x -> x * x).sum());
    for (int k = 0; k < mean.length; k++) {
      assertThat(whole[k]).isCloseTo((float) (mean[k] / length), within(1e-6f));
    }
  }

  private static double length(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  @Test
  void aRowDependsOnItsImageAlone() {
    Encoder joined = JoinedTwin.of(List.of(FINE, COARSE), Views.named("13")).encoder();
    Embeddings together = joined.embed(IMAGES);
    assertThat(joined.embed(List.of(IMAGES.get(69))).row(0)).isEqualTo(together.row(69));
  }

  @Test
  void oneTwinWithThePlainViewIsItself() {
    assertThat(JoinedTwin.of(List.of(FINE), Views.named("1"))).isSameAs(FINE);
  }

  @Test
  void otherPartsAndOtherViewsAreOtherModels() {
    assertThat(
            List.of(
                JoinedTwin.of(List.of(FINE), Views.named("5")).fingerprint(),
                JoinedTwin.of(List.of(FINE), Views.named("9")).fingerprint(),
                JoinedTwin.of(List.of(COARSE), Views.named("9")).fingerprint(),
                JoinedTwin.of(List.of(COARSE, FINE), Views.named("9")).fingerprint(),
                JoinedTwin.of(List.of(FINE, COARSE), Views.named("9")).fingerprint()))
        .doesNotHaveDuplicates();
    assertThat(JoinedTwin.of(List.of(COARSE, FINE), Views.named("9")).name())
        .isEqualTo("coarse + fine, 9 views");
  }

  @Test
  void headsWithoutACosineAreRefused() {
    Twin other = twin("other", new Pixels(6, 1), new Head.Euclidean());
    assertThatThrownBy(() -> JoinedTwin.of(List.of(FINE, other), Views.PLAIN))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("other compares by euclidean");
  }

  @Test
  void everySetHasAsManyViewsAsItsNameSaysAndThePlainOneFirst() {
    for (Views views : Views.ALL) {
      assertThat(views.count()).isEqualTo(Integer.parseInt(views.name()));
      assertThat(views.maps()).doesNotHaveDuplicates();
      assertThat(views.maps().get(0)).isEqualTo(Views.PLAIN.maps().get(0));
    }
    assertThatThrownBy(() -> Views.named("7"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("1, 5, 9, 13");
  }
}
