package dev.doppel.eval;

import dev.doppel.ToyAlphabets;
import dev.doppel.image.Image;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleBiFunction;

/** A matcher made of one function of two images; it counts what it was shown. */
record ToyMatcher(
    String name, ToDoubleBiFunction<Image, Image> score, AtomicInteger shown, AtomicInteger looks)
    implements Matcher {

  static ToyMatcher of(String name, ToDoubleBiFunction<Image, Image> score) {
    return new ToyMatcher(name, score, new AtomicInteger(), new AtomicInteger());
  }

  /** Reads group and class off the image. */
  static ToyMatcher oracle() {
    return of(
        "oracle",
        (a, b) ->
            ToyAlphabets.read(a, 0) == ToyAlphabets.read(b, 0)
                    && ToyAlphabets.read(a, 1) == ToyAlphabets.read(b, 1)
                ? 1
                : 0);
  }

  /** Scores that have nothing to do with the class, but are the same each time. */
  static ToyMatcher random(long seed) {
    return of(
        "random",
        (a, b) -> dev.doppel.random.Seed.of(seed).at(a.hashCode()).at(b.hashCode()).draws().unit());
  }

  @Override
  public Comparison over(List<Image> images) {
    looks.incrementAndGet();
    shown.addAndGet(images.size());
    return (first, second) -> score.applyAsDouble(images.get(first), images.get(second));
  }
}
