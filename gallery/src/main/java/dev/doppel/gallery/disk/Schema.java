package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.model.Head;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32C;

/**
 * The tables of a gallery's file, and the format they are in.
 *
 * <p>{@code model}: which model embedded it. {@code item}: what is enrolled, a row each, sealed.
 * {@code original}: pictures, apart, so that items are read without them. {@code tally}: how many
 * items there are, the sum of their seals and the last id, changed with every change, so that a
 * lost row, or one that came back, is noticed. {@code opening}: see {@link Mark}.
 */
final class Schema {

  /** The newest format, which new files have. Older ones are listed in {@link #check}. */
  static final int FORMAT = 1;

  private static final String[] TABLES = {
    """
    CREATE TABLE model (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      name TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      dim INTEGER NOT NULL,
      head TEXT NOT NULL,
      bias REAL,
      weights BLOB,
      seal INTEGER NOT NULL)""",
    """
    CREATE TABLE item (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      label TEXT NOT NULL,
      enrolled INTEGER NOT NULL,
      embedding BLOB NOT NULL,
      metadata TEXT,
      original_bytes INTEGER,
      original_seal INTEGER,
      seal INTEGER NOT NULL)""",
    """
    CREATE TABLE original (
      item INTEGER PRIMARY KEY,
      bytes BLOB NOT NULL)""",
    """
    CREATE TABLE tally (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      items INTEGER NOT NULL,
      seals INTEGER NOT NULL,
      last INTEGER NOT NULL)""",
    "INSERT INTO tally VALUES (1, 0, 0, 0)"
  };

  private Schema() {}

  /** Makes the tables of an empty gallery, within the caller's transaction. */
  static void create(Connection on, ModelStamp stamp) throws SQLException {
    for (String table : TABLES) {
      Database.execute(on, table);
    }
    stamp(on, stamp);
    Mark.write(on, Mark.fresh());
    Database.execute(on, "PRAGMA application_id = " + Database.APPLICATION);
    Database.execute(on, "PRAGMA user_version = " + FORMAT);
  }

  /**
   * Refuses what is no gallery, or one of a format that is not known here.
   *
   * @throws GalleryException saying which
   */
  static void check(Connection on, Path file) throws SQLException {
    if (Database.number(on, "PRAGMA application_id") != Database.APPLICATION) {
      throw new GalleryException(
          file + " is an SQLite file, but no gallery",
          "A gallery is made by Doppel",
          "Name another file, or make a new gallery");
    }
    long format = Database.number(on, "PRAGMA user_version");
    if (format < 1 || format > FORMAT) {
      throw new GalleryException(
          "Gallery %s is of format %d".formatted(file, format),
          "This version of Doppel knows formats 1 to " + FORMAT,
          format > FORMAT
              ? "Use the newer version that wrote it, or export it there and import it here"
              : "It is damaged: restore a copy");
    }
  }

  /** Writes which model embeds it, in place of any other. */
  static void stamp(Connection on, ModelStamp stamp) throws SQLException {
    try (PreparedStatement insert =
        on.prepareStatement("INSERT OR REPLACE INTO model VALUES (1, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, stamp.name());
      insert.setString(2, stamp.fingerprint());
      insert.setInt(3, stamp.dim());
      insert.setString(4, stamp.head().name());
      byte[] weights = new byte[0];
      double bias = 0;
      if (stamp.head() instanceof Head.WeightedL1 head) {
        weights = FloatBytes.of(head.weights());
        bias = head.bias();
      }
      insert.setDouble(5, bias);
      insert.setBytes(6, weights);
      insert.setLong(
          7,
          seal(stamp.name(), stamp.fingerprint(), stamp.dim(), stamp.head().name(), bias, weights));
      insert.execute();
    }
  }

  static ModelStamp stamp(Connection on, Path file) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT name, fingerprint, dim, head, bias, weights, seal FROM model")) {
      if (!row.next()) {
        throw Fault.damaged(file, "it does not say which model embedded it");
      }
      String name = String.valueOf(row.getString("name"));
      String fingerprint = String.valueOf(row.getString("fingerprint"));
      int dim = row.getInt("dim");
      String head = String.valueOf(row.getString("head"));
      double bias = row.getDouble("bias");
      byte[] weights = row.getBytes("weights");
      if (weights == null) {
        weights = new byte[0];
      }
      if (seal(name, fingerprint, dim, head, bias, weights) != row.getLong("seal")) {
        throw Fault.damaged(file, "what it says of its model is not what was written");
      }
      return new ModelStamp(name, fingerprint, dim, head(head, bias, weights, file));
    }
  }

  private static Head head(String name, double bias, byte[] weights, Path file) {
    return switch (name) {
      case "cosine" -> new Head.Cosine();
      case "euclidean" -> new Head.Euclidean();
      case "weighted-l1" -> new Head.WeightedL1(FloatBytes.read(weights), (float) bias);
      default ->
          throw new GalleryException(
              "Gallery %s scores by the head \"%s\"".formatted(file, name),
              "Heads are cosine, euclidean and weighted-l1",
              "Use the newer version of Doppel that wrote it");
    };
  }

  private static long seal(
      String name, String fingerprint, int dim, String head, double bias, byte[] weights) {
    CRC32C crc = new CRC32C();
    for (String text : new String[] {name, fingerprint, head}) {
      crc.update(text.getBytes(StandardCharsets.UTF_8));
      crc.update(0);
    }
    crc.update(ByteBuffer.allocate(12).putInt(dim).putDouble(bias).flip());
    crc.update(weights);
    return crc.getValue();
  }
}
