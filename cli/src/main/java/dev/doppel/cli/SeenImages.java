package dev.doppel.cli;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Twin;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A twin that has embedded some images and is asked about these alone, again and again.
 * Thread-safe.
 */
final class SeenImages implements Matcher {

  /** Images between two looks at the clock. */
  private static final int STEP = 256;

  private final Twin twin;
  private final IdentityHashMap<Image, Integer> places = new IdentityHashMap<>();
  private final Embeddings embeddings;

  private SeenImages(Twin twin, List<Image> images, Console console) {
    this.twin = twin;
    int dim = twin.encoder().dim();
    float[] values = new float[Math.multiplyExact(images.size(), dim)];
    try (Progress progress = Progress.patient(console, "embedding")) {
      for (int from = 0; from < images.size(); from += STEP) {
        List<Image> some = images.subList(from, Math.min(images.size(), from + STEP));
        float[] rows = twin.encoder().embed(some).values();
        System.arraycopy(rows, 0, values, from * dim, rows.length);
        progress.count(from + some.size(), images.size(), "images");
      }
    }
    for (Image image : images) {
      places.put(image, places.size());
    }
    this.embeddings = new Embeddings(dim, values);
  }

  /** Embeds images, each of them once, with a line of progress. */
  static SeenImages of(Twin twin, List<Image> images, Console console) {
    return new SeenImages(twin, images, console);
  }

  @Override
  public String name() {
    return twin.name();
  }

  @Override
  public Comparison over(List<Image> images) {
    int[] rows = images.stream().mapToInt(this::place).toArray();
    return (first, second) -> twin.head().score(embeddings, rows[first], embeddings, rows[second]);
  }

  private int place(Image image) {
    Integer found = places.get(image);
    if (found == null) {
      throw new IllegalArgumentException("an image that was not embedded");
    }
    return found;
  }
}
