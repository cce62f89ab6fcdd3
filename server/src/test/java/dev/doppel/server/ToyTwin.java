package dev.doppel.server;

import dev.doppel.image.Bitmap;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Encoder;
import dev.doppel.model.Head;
import dev.doppel.model.Provenance;
import dev.doppel.model.Twin;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** A twin that costs nothing: what it embeds is the picture itself, eight pixels wide. */
public final class ToyTwin {

  public static final int SIDE = 8;

  private static final float PAPER = 0.05f;

  private ToyTwin() {}

  public static Twin make() {
    return new Twin(
        "toy@0",
        "0".repeat(64),
        new Encoder() {
          @Override
          public Preprocess preprocess() {
            return Preprocess.ink(SIDE);
          }

          @Override
          public int dim() {
            return SIDE * SIDE;
          }

          @Override
          public float[] embed(float[] planes, int count) {
            float[] rows = planes.clone();
            for (int i = 0; i < rows.length; i++) {
              rows[i] += PAPER;
            }
            return rows;
          }
        },
        new Head.Cosine(),
        new Calibration(0.8, 30, -24),
        new Provenance("toy", "nothing", "none", true, 0, Map.of(), Map.of(), Map.of()));
  }

  /** A PNG of a few strokes that differ from kind to kind. */
  public static byte[] png(int kind) {
    Bitmap.Builder sheet = new Bitmap.Builder(24, 24);
    for (int i = 2; i < 22; i++) {
      sheet.ink(i, (kind * 7 + i * (1 + kind % 3)) % 24);
      sheet.ink((kind * 5) % 24, i);
    }
    Bitmap bitmap = sheet.build();
    BufferedImage picture = new BufferedImage(24, 24, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 24; x++) {
        picture.getRaster().setSample(x, y, 0, bitmap.ink(x, y) ? 0 : 1);
      }
    }
    return file(picture, "png");
  }

  public static byte[] file(BufferedImage picture, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
