package dev.doppel.image;

/**
 * How the pixels of a JPEG file are laid out: in how many scans, and whether they end. ImageIO
 * fills what is missing with grey and says nothing that could be relied on.
 *
 * @param count scans over the picture
 * @param ended whether an end marker follows the last
 */
record JpegScans(int count, boolean ended) {

  private static final int START_OF_SCAN = 0xDA;
  private static final int END = 0xD9;

  /** Looks at the markers of a file. */
  static JpegScans of(byte[] file) {
    int scans = 0;
    int at = 2;
    while (at + 1 < file.length) {
      int marker = file[at + 1] & 0xFF;
      if (file[at] != (byte) 0xFF || marker == 0xFF) { // what does not belong, and fill
        at++;
        continue;
      } else if (marker == END) {
        return new JpegScans(scans, scans > 0);
      } else if (at + 4 > file.length) {
        break;
      }
      at += 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
      if (marker == START_OF_SCAN) {
        scans++;
        at = afterPixels(file, at);
      }
    }
    return new JpegScans(scans, false);
  }

  /** Where the next marker is that is neither a stuffed byte nor a restart. */
  private static int afterPixels(byte[] file, int from) {
    int at = from;
    while (at + 1 < file.length) {
      int next = file[at + 1] & 0xFF;
      if (file[at] == (byte) 0xFF && next != 0 && (next < 0xD0 || next > 0xD7)) {
        return at;
      }
      at++;
    }
    return file.length;
  }
}
