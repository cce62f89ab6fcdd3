package dev.doppel.gallery.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Checksums of what a gallery's file holds, against damage, not forgery: CRC-32C.
 *
 * <p>An item's seal has one half for its label and one for all the rest, so that a renamed label's
 * items need not be read.
 */
final class RowSeal {

  private static final long LOW = 0xffff_ffffL;

  private RowSeal() {}

  /** The seal of an item. */
  static long of(Row row) {
    CRC32C crc = start(row.id());
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(row.enrolled()).flip());
    crc.update(row.embedding());
    add(crc, row.metadata());
    crc.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(row.originalBytes())
            .putLong(row.originalSeal())
            .flip());
    return relabelled(crc.getValue(), row.id(), row.label());
  }

  /** The seal of the same item under another label. */
  static long relabelled(long seal, long id, String label) {
    CRC32C crc = start(id);
    add(crc, label);
    return (crc.getValue() << 32) | (seal & LOW);
  }

  /** The seal of bytes. */
  static long of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  private static CRC32C start(long id) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
    return crc;
  }

  private static void add(CRC32C crc, @Nullable String text) {
    if (text != null) {
      crc.update(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
