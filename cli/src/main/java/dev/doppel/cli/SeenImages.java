package dev.doppel.cli;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Twin;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A twin that embeds each image once, however often and by however many protocols it is asked about
 * it. Thread-safe.
 */
final class SeenImages implements Matcher {

  /** Images between two looks at the clock. */
  private static final int STEP = 256;

  private final Twin twin;
  private final Console console;
  private final Map<Image, Integer> places = new LinkedHashMap<>();
  private Embeddings embeddings;
  private long nanos;

  private SeenImages(Twin twin, Console console) {
    this.twin = twin;
    this.console = console;
    this.embeddings = new Embeddings(twin.encoder().dim(), new float[0]);
  }

  /** One that has seen nothing yet, and embeds with a line of progress. */
  static SeenImages of(Twin twin, Console console) {
    return new SeenImages(twin, console);
  }

  /** One that embeds these at once. */
  static SeenImages of(Twin twin, List<Image> images, Console console) {
    SeenImages seen = new SeenImages(twin, console);
    Comparison unused = seen.over(images);
    return seen;
  }

  @Override
  public String name() {
    return twin.name();
  }

  @Override
  public synchronized Comparison over(List<Image> images) {
    embed(images.stream().filter(image -> !places.containsKey(image)).distinct().toList());
    int[] rows = images.stream().mapToInt(this::place).toArray();
    Embeddings all = embeddings;
    return (first, second) -> twin.head().score(all, rows[first], all, rows[second]);
  }

  /** An image's embedding. */
  synchronized float[] row(Image image) {
    embed(places.containsKey(image) ? List.of() : List.of(image));
    return embeddings.row(place(image));
  }

  /** Milliseconds that an image took on average to be embedded; 0 if none was. */
  synchronized double millis() {
    return places.isEmpty() ? 0 : nanos / 1e6 / places.size();
  }

  private void embed(List<Image> images) {
    long begin = System.nanoTime();
    int dim = embeddings.dim();
    int before = embeddings.values().length;
    float[] values = Arrays.copyOf(embeddings.values(), Math.addExact(before, images.size() * dim));
    try (Progress progress = Progress.patient(console, "embedding by " + twin.name())) {
      for (int from = 0; from < images.size(); from += STEP) {
        List<Image> some = images.subList(from, Math.min(images.size(), from + STEP));
        float[] rows = twin.encoder().embed(some).values();
        System.arraycopy(rows, 0, values, before + from * dim, rows.length);
        progress.count(from + some.size(), images.size(), "images");
      }
    }
    images.forEach(image -> places.put(image, places.size()));
    embeddings = new Embeddings(dim, values);
    nanos += System.nanoTime() - begin;
  }

  private int place(Image image) {
    Integer found = places.get(image);
    if (found == null) {
      throw new IllegalArgumentException("an image that was not embedded");
    }
    return found;
  }
}
