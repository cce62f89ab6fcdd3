package dev.doppel.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The forms that are left to ImageIO, known by their first bytes, with what its readers do not look
 * at before they set to work. It reads more forms than these; they are not offered.
 */
enum PictureForm {
  /** Portable network graphics. */
  PNG("\u0089PNG") {
    /** A picture of so many bytes needs so much packing that no packer could have done it. */
    @Override
    void check(byte[] file) throws GreyPng.Broken {
      if (file.length < 33) {
        throw new GreyPng.Broken("it ends within its header");
      }
      long pixels = (long) big(file, 16) * big(file, 20);
      long bits = Math.max(1, file[24]) * (file[25] == 2 ? 3L : file[25] == 6 ? 4 : 1);
      if (pixels * bits / 8 > MAX_RATIO * file.length && pixels <= ImageFile.MAX_PIXELS) {
        throw new GreyPng.Broken("its %d bytes cannot hold its pixels".formatted(file.length));
      }
    }
  },

  /** Photographs. */
  JPEG("\u00FF\u00D8\u00FF") {
    @Override
    void check(byte[] file) throws GreyPng.Broken {
      JpegScans scans = JpegScans.of(file);
      if (!scans.ended()) {
        throw new GreyPng.Broken("it is cut off after " + file.length + " bytes");
      }
      if (scans.count() > MAX_SCANS) {
        throw new GreyPng.Broken(
            "it has %d scans, where %d are allowed".formatted(scans.count(), MAX_SCANS));
      }
    }
  },

  /** Pictures of few colours. */
  GIF("GIF8"),

  /** Plain pixels. */
  BMP("BM") {
    /** Its reader makes room for whatever the header says, and opens pictures within pictures. */
    @Override
    void check(byte[] file) throws GreyPng.Broken {
      if (file.length < 34) {
        throw new GreyPng.Broken("it ends within its header");
      }
      long pixelsAt = little(file, 10) & 0xFFFFFFFFL;
      if (pixelsAt > file.length) {
        throw new GreyPng.Broken("its pixels begin after its end");
      }
      int header = little(file, 14);
      if (header >= 40 && little(file, 22) != Integer.MIN_VALUE) {
        ImageFile.checkSize(little(file, 18), Math.abs(little(file, 22)), pixels -> {});
      }
      if (header >= 40 && (little(file, 30) < 0 || little(file, 30) > 3)) {
        throw new GreyPng.Broken("it is packed in a way that is not read");
      }
    }
  };

  /** Deflate packs no tighter than 1032 to 1. */
  private static final long MAX_RATIO = 1040;

  /** A photograph that sharpens as it loads has ten or so; each costs as much as a picture. */
  private static final int MAX_SCANS = 64;

  /** A byte a character. */
  private final String magic;

  PictureForm(String magic) {
    this.magic = magic;
  }

  /** The form of a file; null if it is none of these. */
  static @Nullable PictureForm of(byte[] file) {
    for (PictureForm form : values()) {
      if (file.length >= form.magic.length()
          && form.magic.equals(new String(file, 0, form.magic.length(), ISO_8859_1))) {
        return form;
      }
    }
    return null;
  }

  /** What ImageIO calls it. */
  String format() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Refuses what a reader would trip over.
   *
   * @throws GreyPng.Broken saying why
   */
  void check(byte[] file) throws GreyPng.Broken {
    // Its reader looks well.
  }

  private static int big(byte[] file, int at) {
    return Integer.reverseBytes(little(file, at));
  }

  private static int little(byte[] file, int at) {
    return (file[at] & 0xFF)
        | (file[at + 1] & 0xFF) << 8
        | (file[at + 2] & 0xFF) << 16
        | file[at + 3] << 24;
  }
}
