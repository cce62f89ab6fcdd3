package dev.doppel.image;

/**
 * Whether a JPEG file is whole: ImageIO fills what is missing with grey and says nothing that could
 * be relied on.
 */
final class JpegEnd {

  private JpegEnd() {}

  /** Whether an end marker follows the start of the pixels. */
  static boolean present(byte[] file) {
    int at = 2;
    while (at + 4 <= file.length && file[at] == (byte) 0xFF) {
      int marker = file[at + 1] & 0xFF;
      at += 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
      if (marker == 0xDA) { // start of scan: from here on a marker cannot be data
        for (; at + 1 < file.length; at++) {
          if (file[at] == (byte) 0xFF && file[at + 1] == (byte) 0xD9) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
