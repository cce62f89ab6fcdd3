package dev.doppel.gallery.disk;

import java.nio.charset.StandardCharsets;

/** The ending that a picture file's name should have, told by its first bytes. */
final class PictureEnding {

  private PictureEnding() {}

  static String of(byte[] picture) {
    String start =
        new String(picture, 0, Math.min(12, picture.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG")) {
      return ".png";
    } else if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return ".jpg";
    } else if (start.startsWith("GIF8")) {
      return ".gif";
    } else if (start.startsWith("BM")) {
      return ".bmp";
    } else if (start.matches("(?s)P[1-6]\\s.*")) {
      return ".pnm";
    } else if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
      return ".webp";
    }
    return ".bin";
  }
}
