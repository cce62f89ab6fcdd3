package dev.doppel.cli;

import dev.doppel.image.Image;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Encoder;
import dev.doppel.model.Twin;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * An encoder that shows how far it is, and embeds no image twice however many protocols ask.
 *
 * <p>Images are told apart by identity, as protocols do. Asked by one thread at a time.
 */
final class WatchedEncoder implements Encoder {

  /** Images between two looks at the clock. */
  private static final int STEP = 256;

  private final Encoder encoder;
  private final Console console;
  private final IdentityHashMap<Image, float[]> rows = new IdentityHashMap<>();

  private WatchedEncoder(Encoder encoder, Console console) {
    this.encoder = encoder;
    this.console = console;
  }

  /** A twin whose encoder is watched. */
  static Twin of(Twin twin, Console console) {
    return new Twin(
        twin.name(),
        twin.fingerprint(),
        new WatchedEncoder(twin.encoder(), console),
        twin.head(),
        twin.calibration(),
        twin.provenance());
  }

  @Override
  public Preprocess preprocess() {
    return encoder.preprocess();
  }

  @Override
  public int dim() {
    return encoder.dim();
  }

  @Override
  public float[] embed(float[] planes, int count) {
    return encoder.embed(planes, count);
  }

  @Override
  public Embeddings embed(List<? extends Image> images) {
    List<Image> unseen = new ArrayList<>();
    for (Image image : images) {
      if (!rows.containsKey(image)) {
        unseen.add(image);
      }
    }
    try (Progress progress = Progress.patient(console, "embedding")) {
      for (int from = 0; from < unseen.size(); from += STEP) {
        List<Image> some = unseen.subList(from, Math.min(unseen.size(), from + STEP));
        Embeddings embedded = encoder.embed(some);
        for (int i = 0; i < some.size(); i++) {
          rows.put(some.get(i), embedded.row(i));
        }
        progress.count(from + some.size(), unseen.size(), "images");
      }
    }
    float[] values = new float[Math.multiplyExact(images.size(), dim())];
    int at = 0;
    for (Image image : images) {
      System.arraycopy(rows.get(image), 0, values, at, dim());
      at += dim();
    }
    return new Embeddings(dim(), values);
  }
}
