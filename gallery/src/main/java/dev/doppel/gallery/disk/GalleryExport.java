package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.ModelStamp;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a gallery as a zip that other programs read.
 *
 * <p>{@code items.jsonl} has a line of JSON for each item, by rising id; {@code embeddings.npy} a
 * row of floats for each line; {@code originals/ID.png} and so on the pictures, named by id and
 * what they are, never by label; {@code gallery.json}, written last, says which model embedded it,
 * how many items there are and the checksums of the first two. An export is of one moment, and may
 * be made beside whoever writes the gallery.
 */
public final class GalleryExport {

  static final String HEADER = "gallery.json";
  static final String ITEMS = "items.jsonl";
  static final String EMBEDDINGS = "embeddings.npy";
  static final String ORIGINALS = "originals/";

  private final Path file;
  private final Connection on;
  private final Progress progress;
  private final MetadataText metadata = new MetadataText();
  private long items;
  private long originals;

  private GalleryExport(Path file, Connection on, Progress progress) {
    this.file = file;
    this.on = on;
    this.progress = progress;
  }

  /**
   * Writes a gallery's export.
   *
   * @param gallery its file, open somewhere or not
   * @param zip where there is nothing yet; written beside and renamed, so whole or not there
   * @return how many items were written
   * @throws GalleryException if the gallery cannot be read, or the zip not be written
   */
  public static long write(Path gallery, Path zip, Progress progress) {
    Path file = GalleryFile.existing(gallery);
    Path target = GalleryFile.vacant(zip);
    Path beside = GalleryFile.beside(target, ".part");
    Mark.beforeReading(file);
    try (Connection on = Database.read(file)) {
      Database.execute(on, "BEGIN"); // one moment
      Schema.check(on, file);
      GalleryExport export = new GalleryExport(file, on, progress);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside));
          ZipOutputStream to = new ZipOutputStream(out)) {
        export.write(to);
      }
      GalleryFile.settle(beside, target);
      return export.items;
    } catch (SQLException e) {
      throw Fault.of(file, "be read", e);
    } catch (IOException e) {
      throw Fault.of(gallery, "be exported to " + zip, e);
    } finally {
      GalleryFile.deleteQuietly(beside);
    }
  }

  private void write(ZipOutputStream to) throws IOException, SQLException {
    ModelStamp stamp = Schema.stamp(on, file);
    ItemTable table = new ItemTable(on, file);
    ItemTable.Tally tally = table.tally();
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put(EMBEDDINGS, entry(to, EMBEDDINGS, out -> embeddings(table, tally, stamp, out)));
    sums.put(ITEMS, entry(to, ITEMS, out -> lines(table, out)));
    originals(table, to);
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.gallery$", "");
    ExportHeader header = new ExportHeader(name, stamp, items, originals, tally.last(), sums);
    to.putNextEntry(new ZipEntry(HEADER));
    header.write(to);
    to.closeEntry();
    progress.at(items, items);
  }

  private interface Content {
    void to(OutputStream out) throws IOException, SQLException;
  }

  /** Writes an entry; its checksum. */
  private static String entry(ZipOutputStream to, String name, Content content)
      throws IOException, SQLException {
    MessageDigest digest = sha256();
    to.setLevel(Deflater.BEST_SPEED);
    to.putNextEntry(new ZipEntry(name));
    OutputStream out = new BufferedOutputStream(new DigestOutputStream(to, digest), 1 << 16);
    content.to(out);
    out.flush();
    to.closeEntry();
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private void embeddings(
      ItemTable table, ItemTable.Tally tally, ModelStamp stamp, OutputStream out)
      throws IOException, SQLException {
    out.write(Npy.head(tally.items(), stamp.dim()));
    try (ItemTable.Reading rows = table.rows(0)) {
      for (Row row = rows.next(); row != null; row = rows.next()) {
        if (row.embedding().length != 4 * stamp.dim()) {
          throw Fault.damaged(file, "the embedding of item " + row.id() + " has another length");
        }
        out.write(row.embedding());
      }
      rows.check(tally);
    }
  }

  private void lines(ItemTable table, OutputStream out) throws IOException, SQLException {
    try (ItemTable.Reading rows = table.rows(0)) {
      for (Row row = rows.next(); row != null; row = rows.next()) {
        String original = null;
        if (row.hasOriginal()) {
          originals++;
          original = originalName(table, row.id());
        }
        out.write(
            new ExportLine(
                    row.id(),
                    row.label(),
                    Instant.ofEpochMilli(row.enrolled()),
                    metadata.read(row.metadata()),
                    original,
                    row.originalBytes(),
                    row.originalSeal())
                .json());
        items++;
      }
    }
  }

  private String originalName(ItemTable table, long id) throws SQLException {
    return ORIGINALS + id + PictureEnding.of(table.originalStart(id));
  }

  private void originals(ItemTable table, ZipOutputStream to) throws IOException, SQLException {
    long done = 0;
    try (ItemTable.Reading rows = table.rows(0)) {
      for (Row row = rows.next(); row != null; row = rows.next()) {
        if (row.hasOriginal()) {
          byte[] bytes =
              table
                  .original(row.id())
                  .orElseThrow(() -> Fault.damaged(file, "an original is missing"));
          stored(to, ORIGINALS + row.id() + PictureEnding.of(bytes), bytes);
        }
        if (++done % 1000 == 0) {
          progress.at(done, items);
        }
      }
    }
  }

  /** Pictures are small already, and quicker to write and to read as they are. */
  private static void stored(ZipOutputStream to, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    to.putNextEntry(entry);
    to.write(bytes);
    to.closeEntry();
  }
}
