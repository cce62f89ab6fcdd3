package dev.doppel.image;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A reader of grey Netpbm files: PGM, binary (P5) or plain (P2), of 8 or 16 bits. */
final class Netpbm {

  private final byte[] file;
  private int at = 2;

  private Netpbm(byte[] file) {
    this.file = file;
  }

  /**
   * The picture, or null if the file is no PGM.
   *
   * @throws GreyPng.Broken if it is one but damaged
   */
  static @Nullable Image decode(byte[] file, LongConsumer room) throws GreyPng.Broken {
    boolean pgm = file.length > 2 && file[0] == 'P' && (file[1] == '5' || file[1] == '2');
    return pgm && file[2] <= ' ' ? new Netpbm(file).picture(file[1] == '5', room) : null;
  }

  private Image picture(boolean binary, LongConsumer room) throws GreyPng.Broken {
    int width = number("width");
    int height = number("height");
    int white = number("brightest value");
    ImageFile.checkSize(width, height, room);
    if (white < 1 || white > 65_535) {
      throw new GreyPng.Broken("its brightest value is " + white + ", not 1 to 65535");
    }
    int count = width * height;
    if (binary) {
      at++; // exactly one blank ends the header
    }
    int bytes = white > 255 ? 2 : 1;
    long least = binary ? (long) count * bytes : 2L * count; // a blank and a digit each
    if (at + least > file.length) {
      throw new GreyPng.Broken("its last " + (at + least - file.length) + " bytes are missing");
    }
    byte[] samples = new byte[count];
    for (int i = 0; i < samples.length; i++) {
      if (binary) {
        int value = file[at++] & 0xFF;
        samples[i] = scaled(bytes == 1 ? value : value << 8 | (file[at++] & 0xFF), white);
      } else {
        samples[i] = scaled(number("next sample"), white);
      }
    }
    return Raster.of(width, height, 1, samples);
  }

  private static byte scaled(int value, int white) {
    return (byte) (white == 255 ? Math.min(value, 255) : (Math.min(value, white) * 255L) / white);
  }

  /** The next number of digits, past blanks and comments. */
  private int number(String what) throws GreyPng.Broken {
    while (at < file.length && (file[at] <= ' ' || file[at] == '#')) {
      if (file[at] == '#') {
        while (at < file.length && file[at] != '\n') {
          at++;
        }
      } else {
        at++;
      }
    }
    int start = at;
    while (at < file.length && file[at] >= '0' && file[at] <= '9') {
      at++;
    }
    if (at == start || at - start > 9) {
      throw new GreyPng.Broken("its " + what + " is missing");
    }
    int value = 0;
    for (int i = start; i < at; i++) {
      value = 10 * value + file[i] - '0';
    }
    return value;
  }
}
