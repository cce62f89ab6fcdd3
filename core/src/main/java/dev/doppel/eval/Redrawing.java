package dev.doppel.eval;

import dev.doppel.image.Image;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A matcher that is shown every image redrawn; questions and reports keep the images as they are.
 *
 * @param matcher who answers
 * @param redraw what is done to each image; thread-safe
 */
record Redrawing(Matcher matcher, UnaryOperator<Image> redraw) implements Matcher {

  @Override
  public String name() {
    return matcher.name();
  }

  @Override
  public Comparison over(List<Image> images) {
    return matcher.over(images.parallelStream().map(redraw).toList());
  }
}
