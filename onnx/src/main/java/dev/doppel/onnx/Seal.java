package dev.doppel.onnx;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The last bytes of a model file: a metadata entry that holds the SHA-256 of all bytes before it.
 *
 * <p>Protobuf messages may be joined end to end, so the sealed file is still an ONNX model, with
 * one more entry. The seal finds damage, not forgery.
 */
final class Seal {

  /** Key of the entry. */
  static final String KEY = Metadata.PREFIX + "sha256";

  /** Field 14 of a model, {@code metadata_props}, as a protobuf tag; then key and value. */
  private static final int METADATA_TAG = 14 << 3 | 2;

  private static final int KEY_TAG = 1 << 3 | 2;
  private static final int VALUE_TAG = 2 << 3 | 2;

  /** Length of the entry. */
  static final int LENGTH = entry(new byte[32]).length;

  /** What writes the bytes to seal. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  private Seal() {}

  /** Writes content and its seal. */
  static void write(OutputStream out, Content content) throws IOException {
    MessageDigest sha256 = Fingerprint.sha256();
    content.to(
        new FilterOutputStream(out) {
          @Override
          public void write(int one) throws IOException {
            sha256.update((byte) one);
            out.write(one);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            sha256.update(bytes, from, length);
            out.write(bytes, from, length);
          }
        });
    out.write(entry(sha256.digest()));
  }

  /** Whether the file ends with the seal of the bytes before it. */
  static boolean unbroken(ByteBuffer file) {
    int content = file.limit() - LENGTH;
    if (content < 0) {
      return false;
    }
    MessageDigest sha256 = Fingerprint.sha256();
    sha256.update(file.slice(0, content));
    return file.slice(content, LENGTH).equals(ByteBuffer.wrap(entry(sha256.digest())));
  }

  private static byte[] entry(byte[] digest) {
    return entry(KEY, Json.write(HexFormat.of().formatHex(digest)));
  }

  /** A metadata entry as it stands in the file. */
  static byte[] entry(String name, String text) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    field(entry, KEY_TAG, key);
    field(entry, VALUE_TAG, value);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    field(whole, METADATA_TAG, entry.toByteArray());
    return whole.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    int length = content.length;
    for (; length > 0x7F; length >>>= 7) { // protobuf's varint: seven bits a byte
      out.write((length & 0x7F) | 0x80);
    }
    out.write(length);
    out.writeBytes(content);
  }
}
