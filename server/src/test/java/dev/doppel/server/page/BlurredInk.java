package dev.doppel.server.page;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Encoder;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.model.Twin;
import java.util.Map;

/** Sees centred ink through frosted glass: enough to know a sign drawn again by a steady hand. */
record BlurredInk() implements Encoder {

  private static final int SIDE = 20;
  private static final int REACH = 2;

  /** A model of it whose probabilities are made up, with the head that the small models have. */
  static Twin twin() {
    return new Twin(
        "blurred-ink",
        "0".repeat(64),
        new BlurredInk(),
        new Head.Cosine(),
        new Calibration(0.5, 40, -20),
        new Provenance("blurred-ink", "none", "none", true, 1, Map.of(), Map.of(), Map.of()));
  }

  @Override
  public Preprocess preprocess() {
    return Preprocess.ink(SIDE).withCentred(true);
  }

  @Override
  public int dim() {
    return SIDE * SIDE;
  }

  @Override
  public float[] embed(float[] planes, int count) {
    float[] rows = new float[planes.length];
    for (int i = 0; i < count; i++) {
      float mean = 0;
      for (int p = 0; p < dim(); p++) {
        float blurred = blurred(planes, i * dim(), p % SIDE, p / SIDE);
        rows[i * dim() + p] = blurred;
        mean += blurred / dim();
      }
      for (int p = 0; p < dim(); p++) {
        rows[i * dim() + p] -= mean;
      }
    }
    return rows;
  }

  private static float blurred(float[] planes, int from, int x, int y) {
    float sum = 0;
    for (int v = Math.max(0, y - REACH); v <= Math.min(SIDE - 1, y + REACH); v++) {
      for (int u = Math.max(0, x - REACH); u <= Math.min(SIDE - 1, x + REACH); u++) {
        int far = Math.abs(u - x) + Math.abs(v - y);
        sum += planes[from + v * SIDE + u] / (1 + far * far);
      }
    }
    return sum;
  }
}
