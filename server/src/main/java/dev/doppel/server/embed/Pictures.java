package dev.doppel.server.embed;

import dev.doppel.error.DataException;
import dev.doppel.image.Image;
import dev.doppel.image.ImageFile;
import dev.doppel.server.error.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * From the bytes of picture files to their embeddings.
 *
 * <p>Pictures are unpacked one after the other for a request, and between requests within a budget
 * of pixels: a largest one for every two processors, where memory allows, since more at once would
 * be no sooner done. So memory stays bounded whatever the files claim. Thread-safe.
 */
public final class Pictures {

  /** What an unpacked pixel may take on the way: samples, their copy in colour, and the sheet. */
  private static final int BYTES_A_PIXEL = 14;

  private static final int UNIT = 1024;

  /** Pixels that are unpacked in well under a millisecond. */
  private static final int SMALL = 1 << 15;

  private final BatchingEncoder encoder;
  private final PictureLimits limits;
  private final Semaphore room;
  private final int roomForAll;

  /** Embeds by this encoder. */
  public Pictures(BatchingEncoder encoder, PictureLimits limits) {
    this.encoder = encoder;
    this.limits = limits;
    long atOnce = limits.pixels() * Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    long fit = Runtime.getRuntime().maxMemory() / 3 / BYTES_A_PIXEL;
    long pixels = Math.max(limits.pixels(), Math.min(atOnce, fit));
    this.roomForAll = (int) Math.min(Integer.MAX_VALUE / 2, 1 + pixels / UNIT);
    this.room = new Semaphore(roomForAll, true);
  }

  /**
   * Embeds pictures.
   *
   * @return {@code [dim]} for each
   * @throws Refusal if there are too many, one cannot be read, or too much is to be done
   */
  public List<float[]> embed(List<byte[]> files, Deadline deadline) {
    if (files.size() > limits.pictures()) {
      throw new Refusal(
          413,
          "too_many_images",
          files.size() + " images",
          "A request has " + limits.pictures() + " at most",
          "Send several requests");
    }
    int plane = encoder.inputLength();
    float[] planes = new float[files.size() * plane];
    for (int i = 0; i < files.size(); i++) {
      into(
          files.get(i),
          files.size() == 1 ? "The image" : "Image " + (i + 1),
          planes,
          i * plane,
          deadline);
    }
    float[] rows = encoder.embed(planes, files.size(), deadline);
    int dim = encoder.dim();
    float[][] each = new float[files.size()][];
    for (int i = 0; i < each.length; i++) {
      each[i] = Arrays.copyOfRange(rows, i * dim, (i + 1) * dim);
    }
    return List.of(each);
  }

  /** Embeds one picture, {@code [dim]}. */
  public float[] embed(byte[] file, Deadline deadline) {
    float[] plane = new float[encoder.inputLength()];
    into(file, "The image", plane, 0, deadline);
    return encoder.embed(plane, 1, deadline);
  }

  /**
   * Embeds one small picture without waiting for anything.
   *
   * @param done gets {@code [dim]}, on a thread of the encoder's
   * @param failed gets the reason instead
   * @return false if the picture is too large for that, or there is no room at the moment
   * @throws Refusal if it cannot be read, or too much is to be done
   */
  public boolean embedAtOnce(
      byte[] file, Deadline deadline, Consumer<float[]> done, Consumer<RuntimeException> failed) {
    float[] plane = new float[encoder.inputLength()];
    try {
      Image image = ImageFile.decode("The image", file, this::onlySmall);
      encoder.prepare(image, plane, 0);
    } catch (DataException e) {
      throw new Refusal(422, "unreadable_image", e.given(), e.allowed(), e.next());
    } catch (Large e) {
      return false;
    }
    encoder.embed(plane, 1, deadline, done, failed);
    return true;
  }

  private void onlySmall(long pixels) {
    if (pixels > Math.min(SMALL, limits.pixels())) {
      throw new Large();
    }
  }

  /** A picture that takes more than a moment to unpack. */
  private static final class Large extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Large() {
      super(null, null, false, false);
    }
  }

  private void into(byte[] file, String name, float[] planes, int offset, Deadline deadline) {
    int[] held = {0};
    try {
      Image image =
          ImageFile.decode(name, file, pixels -> held[0] += take(pixels, held[0], deadline));
      encoder.prepare(image, planes, offset);
    } catch (DataException e) {
      throw new Refusal(422, "unreadable_image", e.given(), e.allowed(), e.next());
    } finally {
      room.release(held[0]);
    }
  }

  /** Takes room for so many pixels, beyond what is held already; the units taken. */
  private int take(long pixels, int held, Deadline deadline) {
    if (pixels > limits.pixels()) {
      throw new Refusal(
          422,
          "image_too_large",
          "An image of %d pixels".formatted(pixels),
          "%d are allowed".formatted(limits.pixels()),
          "Make it smaller: the model sees %d×%d of them"
              .formatted(encoder.preprocess().width(), encoder.preprocess().height()));
    }
    int units = (int) Math.min(roomForAll, 1 + pixels / UNIT) - held;
    if (units <= 0) {
      return 0;
    }
    try {
      if (!room.tryAcquire(units, deadline.left(), TimeUnit.NANOSECONDS)) {
        throw Refusal.overloaded("An image that waited too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.overloaded("The server is stopping");
    }
    return units;
  }
}
