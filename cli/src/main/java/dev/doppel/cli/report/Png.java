package dev.doppel.cli.report;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.doppel.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Pictures as PNG, 8 bits a sample, grey or colour as they are. */
public final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private Png() {}

  /** A {@code data:} address that holds the picture, so that a page needs no other file. */
  static String uri(Image image) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(of(image));
  }

  /** The bytes of a file with the picture. */
  public static byte[] of(Image image) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(SIGNATURE);
      chunk(out, "IHDR", header(image));
      chunk(out, "IDAT", rows(image));
      chunk(out, "IEND", new byte[0]);
      return bytes.toByteArray();
    } catch (IOException impossible) { // memory does not fail to be written to
      throw new UncheckedIOException(impossible);
    }
  }

  private static byte[] header(Image image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(image.width());
    out.writeInt(image.height());
    out.writeByte(8); // bits a sample
    out.writeByte(image.channels() == 1 ? 0 : 2); // grey or colour
    out.write(new byte[3]); // the only compression and filter there are; not interlaced
    return bytes.toByteArray();
  }

  private static byte[] rows(Image image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      for (int y = 0; y < image.height(); y++) {
        out.write(0); // no filter
        for (int x = 0; x < image.width(); x++) {
          for (int channel = 0; channel < image.channels(); channel++) {
            out.write(image.sample(x, y, channel));
          }
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) crc.getValue());
  }
}
