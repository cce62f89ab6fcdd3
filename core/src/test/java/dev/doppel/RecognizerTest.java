package dev.doppel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.error.DataException;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.LabelCount;
import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.image.Raster;
import dev.doppel.model.Calibration;
import dev.doppel.model.Encoder;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.model.Twin;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecognizerTest {

  /** The embedding is the grey of the only pixel, 0 to 1. */
  private record Grey() implements Encoder {

    @Override
    public Preprocess preprocess() {
      return new Preprocess(1, 1, 1, false, false, List.of(0f), List.of(1f));
    }

    @Override
    public int dim() {
      return 1;
    }

    @Override
    public float[] embed(float[] planes, int count) {
      return planes.clone();
    }
  }

  private static Twin twin(Head head) {
    Provenance none = new Provenance("grey", "", "", true, 0, Map.of(), Map.of(), Map.of());
    return new Twin("grey", "0", new Grey(), head, new Calibration(-0.1, 100, 9), none);
  }

  private static Image grey(int level) {
    return new Raster(1, 1, 1, new byte[] {(byte) level});
  }

  private final Recognizer recognizer = new Recognizer(twin(new Head.Euclidean()));

  @Test
  void theClosestLabelAnswersAndAllAreRanked() {
    recognizer.enrol("dark", grey(0));
    recognizer.enrol("middle", grey(128));
    recognizer.enrol("bright", grey(255));

    Answer answer = recognizer.identify(grey(120));
    assertThat(answer.label()).isEqualTo("middle");
    assertThat(answer.known()).isTrue();
    assertThat(answer.score()).isCloseTo(-8 / 255.0, within(1e-6));
    assertThat(answer.probability()).isBetween(0.9, 1.0);
    assertThat(answer.ranked())
        .extracting(Answer.Candidate::label)
        .containsExactly("middle", "dark", "bright");
    assertThat(answer.ranked().get(0).score()).isEqualTo(answer.score());
  }

  @Test
  void whatWasNeverEnrolledIsUnknown() {
    recognizer.enrol("dark", grey(0));

    assertThat(recognizer.identify(grey(200)).decision()).isEqualTo(Decision.UNKNOWN);
  }

  @Test
  void twoLabelsThatFitAlikeLeaveItUnsure() {
    recognizer.enrol("one", grey(100));
    recognizer.enrol("other", grey(100));

    Answer answer = recognizer.identify(grey(100));
    assertThat(answer.decision()).isEqualTo(Decision.UNSURE);
    assertThat(answer.probability()).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void aLargerGalleryAsksForAHigherScore() {
    recognizer.enrol("dark", grey(0));
    double alone = recognizer.identify(grey(0)).threshold();
    IntStream.range(100, 200).forEach(i -> recognizer.enrol("bright" + i, grey(i)));

    assertThat(recognizer.identify(grey(0)).threshold()).isGreaterThan(alone);
  }

  @Test
  void severalImagesOfALabelScoreTheirMean() {
    recognizer.enrol("pair", grey(0), grey(51));
    recognizer.enrol("pair", grey(102));

    assertThat(recognizer.identify(grey(0)).score()).isCloseTo(-0.2, within(1e-6));
    assertThat(recognizer.gallery().labels(Filter.none(), "", 9))
        .containsExactly(new LabelCount("pair", 3));
  }

  @Test
  void equalScoresRankByLabel() {
    recognizer.enrol("b", grey(10));
    recognizer.enrol("a", grey(10));

    assertThat(recognizer.identify(grey(10)).label()).isEqualTo("a");
  }

  @Test
  void aForgottenLabelIsGone() {
    recognizer.enrol("dark", grey(0));

    assertThat(recognizer.forget("dark")).isTrue();
    assertThat(recognizer.forget("dark")).isFalse();
    assertThatThrownBy(() -> recognizer.identify(grey(0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Nothing is enrolled");
  }

  @Test
  void twoImagesAreVerifiedByTheThreshold() {
    assertThat(recognizer.verify(grey(100), grey(110)).same()).isTrue();
    Verdict far = recognizer.verify(grey(0), grey(255));
    assertThat(far.same()).isFalse();
    assertThat(far.probability()).isLessThan(1e-6);
    assertThat(far.score()).isEqualTo(-1);
  }

  @Test
  void aBlankLabelOrNoImageIsRefused() {
    assertThatThrownBy(() -> recognizer.enrol(" ", grey(0))).isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> recognizer.enrol("dark")).isInstanceOf(OptionException.class);
  }

  @Test
  void aModelThatGivesNoNumberIsRefused() {
    Recognizer broken = new Recognizer(twin(new Head.WeightedL1(new float[] {Float.NaN}, 0)));

    assertThatThrownBy(() -> broken.verify(grey(0), grey(1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("grey");
  }

  @Test
  void enrollingFromManyThreadsLosesNothing() {
    IntStream.range(0, 400)
        .parallel()
        .forEach(i -> recognizer.enrol("label" + i % 4, grey(i % 4 * 80)));

    Answer answer = recognizer.identify(grey(80));
    assertThat(recognizer.gallery().stats().labels()).isEqualTo(4);
    assertThat(answer.label()).isEqualTo("label1");
    assertThat(answer.score()).isCloseTo(0, within(1e-9));
    assertThat(answer.ranked().get(1).score()).isCloseTo(-80 / 255.0, within(1e-6));
  }
}
