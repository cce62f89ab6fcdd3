package dev.doppel.baseline;

import dev.doppel.error.DataException;
import dev.doppel.eval.Matcher.Comparison;
import dev.doppel.image.Image;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cosines among ink planes of one size; 0 against a blank one. */
final class InkCosine implements Comparison {

  private final List<InkPlane> planes;
  private final double[] squares;

  /**
   * @param images all of one size
   * @param prepare what is done to each plane first
   * @throws DataException if the images differ in size
   */
  InkCosine(List<Image> images, UnaryOperator<InkPlane> prepare) {
    for (Image image : images) {
      Image first = images.get(0);
      if (image.width() != first.width() || image.height() != first.height()) {
        throw new DataException(
            "Images of %d×%d and %d×%d"
                .formatted(first.width(), first.height(), image.width(), image.height()),
            "Pixels can be compared only between images of one size",
            "Scale them to one size first");
      }
    }
    planes = images.parallelStream().map(InkPlane::of).map(prepare).toList();
    squares = planes.stream().mapToDouble(plane -> plane.dot(plane)).toArray();
  }

  @Override
  public double score(int first, int second) {
    double lengths = Math.sqrt(squares[first] * squares[second]);
    return lengths == 0 ? 0 : planes.get(first).dot(planes.get(second)) / lengths;
  }
}
