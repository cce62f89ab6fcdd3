package dev.doppel.cli;

import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.eval.PairScores;
import dev.doppel.image.Image;
import dev.doppel.model.Calibration;
import dev.doppel.model.Twin;
import java.util.List;

/**
 * Images of things that a model did not learn from, embedded once, to calibrate it by.
 *
 * @param data what they are
 * @param classes the images themselves, at most a few thousand
 * @param seen the model, which has embedded them
 */
record CalibrationImages(Dataset data, List<ImageClass> classes, SeenImages seen) {

  CalibrationImages {
    classes = List.copyOf(classes);
  }

  /** Embeds as many images of a data set as are enough. */
  static CalibrationImages of(Twin twin, Dataset data, Console console) {
    List<ImageClass> classes = PairScores.choose(data);
    return new CalibrationImages(data, classes, SeenImages.of(twin, images(classes), console));
  }

  /** As many images of a data set as are enough, all of which have been embedded. */
  static CalibrationImages of(SeenImages seen, Dataset data) {
    return new CalibrationImages(data, PairScores.choose(data), seen);
  }

  private static List<Image> images(List<ImageClass> classes) {
    return classes.stream().flatMap(each -> each.samples().stream()).map(Sample::image).toList();
  }

  /** The number of images. */
  int count() {
    return images(classes).size();
  }

  /** Compares every image with every other, with a line of progress. */
  PairScores pairs(Console console) {
    int all = count();
    try (Progress progress = Progress.patient(console, "comparing")) {
      return PairScores.of(
          classes,
          seen.over(images(classes)),
          done -> {
            synchronized (progress) {
              progress.count(done, all, "images compared with all others");
            }
          });
    }
  }

  /** The calibration of these images, accepting two images where that is right most often. */
  Calibration fit(Console console) {
    return Calibration.fit(pairs(console), source(CalibrationTarget.ACCURACY));
  }

  /** What a calibration says of where it comes from. */
  String source(CalibrationTarget target) {
    return "%s, %d classes, %d images; threshold by %s"
        .formatted(data.name(), classes.size(), count(), target.text());
  }
}
