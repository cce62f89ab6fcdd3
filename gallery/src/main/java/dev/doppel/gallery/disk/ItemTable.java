package dev.doppel.gallery.disk;

import dev.doppel.error.GalleryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of items and originals, each change kept in step with the tally. Transactions are the
 * caller's.
 */
final class ItemTable {

  private static final int BATCH = 1000;

  private final Connection on;
  private final Path file;

  ItemTable(Connection on, Path file) {
    this.on = on;
    this.file = file;
  }

  /**
   * What the rows must add up to.
   *
   * @param items how many there are
   * @param seals the sum of their seals
   * @param last the highest id ever given
   */
  record Tally(long items, long seals, long last) {}

  Tally tally() throws SQLException {
    try (PreparedStatement select = on.prepareStatement("SELECT items, seals, last FROM tally");
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw Fault.damaged(file, "it has no tally");
      }
      return new Tally(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  private void tally(Tally now) throws SQLException {
    try (PreparedStatement update =
        on.prepareStatement("UPDATE tally SET items = ?, seals = ?, last = ?")) {
      update.setLong(1, now.items());
      update.setLong(2, now.seals());
      update.setLong(3, now.last());
      update.execute();
    }
  }

  /** Rows with the bytes of their originals, on their way in. */
  interface Source {
    /** The next one, or null. */
    @Nullable Row next() throws SQLException;

    /** The original of the row that came last, if it has one. */
    byte @Nullable [] original();
  }

  /** Adds rows by rising id, beyond all that were. */
  void insert(Source rows) throws SQLException {
    Tally before = tally();
    long count = 0;
    long seals = 0;
    long last = before.last();
    try (PreparedStatement items =
            on.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        PreparedStatement originals = on.prepareStatement("INSERT INTO original VALUES (?, ?)")) {
      for (Row row = rows.next(); row != null; row = rows.next()) {
        long seal = RowSeal.of(row);
        items.setLong(1, row.id());
        items.setString(2, row.label());
        items.setLong(3, row.enrolled());
        items.setBytes(4, row.embedding());
        items.setString(5, row.metadata());
        items.setObject(6, row.hasOriginal() ? row.originalBytes() : null);
        items.setObject(7, row.hasOriginal() ? row.originalSeal() : null);
        items.setLong(8, seal);
        items.addBatch();
        byte[] original = rows.original();
        if (original != null) {
          originals.setLong(1, row.id());
          originals.setBytes(2, original);
          originals.addBatch();
        }
        seals += seal;
        last = row.id();
        if (++count % BATCH == 0) {
          items.executeBatch();
          originals.executeBatch();
        }
      }
      items.executeBatch();
      originals.executeBatch();
    }
    tally(new Tally(before.items() + count, before.seals() + seals, last));
  }

  void delete(List<Long> ids) throws SQLException {
    Tally before = tally();
    long seals = before.seals();
    try (PreparedStatement seal = selectSeal();
        PreparedStatement item = on.prepareStatement("DELETE FROM item WHERE id = ?");
        PreparedStatement original = on.prepareStatement("DELETE FROM original WHERE item = ?")) {
      for (long id : ids) {
        seals -= seal(seal, id);
        item.setLong(1, id);
        item.execute();
        original.setLong(1, id);
        original.execute();
      }
    }
    tally(new Tally(before.items() - ids.size(), seals, before.last()));
  }

  void relabel(List<Long> ids, String label) throws SQLException {
    Tally before = tally();
    long seals = before.seals();
    try (PreparedStatement seal = selectSeal();
        PreparedStatement update =
            on.prepareStatement("UPDATE item SET label = ?, seal = ? WHERE id = ?")) {
      for (long id : ids) {
        long old = seal(seal, id);
        long now = RowSeal.relabelled(old, id, label);
        update.setString(1, label);
        update.setLong(2, now);
        update.setLong(3, id);
        update.execute();
        seals += now - old;
      }
    }
    tally(new Tally(before.items(), seals, before.last()));
  }

  /** Puts other embeddings in the place of all; as many as there are, in the order of the ids. */
  void reembed(Iterator<byte[]> embeddings) throws SQLException {
    Tally before = tally();
    long seals = 0;
    long after = 0;
    try (PreparedStatement update =
        on.prepareStatement("UPDATE item SET embedding = ?, seal = ? WHERE id = ?")) {
      for (List<Row> some = some(after); !some.isEmpty(); some = some(after)) {
        for (Row old : some) {
          Row row = old.withEmbedding(embeddings.next());
          long seal = RowSeal.of(row);
          update.setBytes(1, row.embedding());
          update.setLong(2, seal);
          update.setLong(3, row.id());
          update.addBatch();
          seals += seal;
          after = row.id();
        }
        update.executeBatch();
      }
    }
    tally(new Tally(before.items(), seals, before.last()));
  }

  private List<Row> some(long after) throws SQLException {
    List<Row> some = new ArrayList<>();
    try (Reading rows = rows(after)) {
      for (Row row = rows.next(); row != null; row = rows.next()) {
        some.add(row);
        if (some.size() == BATCH) {
          break;
        }
      }
    }
    return some;
  }

  /** Never gives ids up to this one. */
  void raiseLastId(long last) throws SQLException {
    Tally now = tally();
    tally(new Tally(now.items(), now.seals(), Math.max(now.last(), last)));
  }

  private PreparedStatement selectSeal() throws SQLException {
    return on.prepareStatement("SELECT seal FROM item WHERE id = ?");
  }

  private long seal(PreparedStatement select, long id) throws SQLException {
    select.setLong(1, id);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new GalleryException(
            "Item %d is no longer in %s".formatted(id, file),
            "Nothing but Doppel changes a gallery that it has open; nothing was changed",
            "Open it again");
      }
      return row.getLong(1);
    }
  }

  /** The picture of an item, checked; empty if the item or its picture is not there. */
  Optional<byte[]> original(long id) throws SQLException {
    try (PreparedStatement select =
        on.prepareStatement(
            "SELECT original_bytes, original_seal, bytes"
                + " FROM item LEFT JOIN original ON item = id WHERE id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || row.getObject(1) == null) {
          return Optional.empty();
        }
        byte[] bytes = row.getBytes(3);
        if (bytes == null
            || bytes.length != row.getLong(1)
            || RowSeal.of(bytes) != row.getLong(2)) {
          throw Fault.damaged(file, "the original of item " + id + " is not what was written");
        }
        return Optional.of(bytes);
      }
    }
  }

  /** The first few bytes of a picture; none if there is none. */
  byte[] originalStart(long id) throws SQLException {
    try (PreparedStatement select =
        on.prepareStatement("SELECT substr(bytes, 1, 16) FROM original WHERE item = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        byte[] start = row.next() ? row.getBytes(1) : null;
        return start == null ? new byte[0] : start;
      }
    }
  }

  /** All rows beyond an id, each checked by its seal. */
  Reading rows(long after) throws SQLException {
    return new Reading(after);
  }

  /** Rows on their way out, by rising id. */
  final class Reading implements AutoCloseable {

    private final PreparedStatement select;
    private final ResultSet rows;
    private long count;
    private long seals;
    private long last;

    private Reading(long after) throws SQLException {
      select =
          on.prepareStatement(
              "SELECT id, label, enrolled, embedding, metadata, original_bytes, original_seal, seal"
                  + " FROM item WHERE id > ? ORDER BY id");
      select.setLong(1, after);
      rows = select.executeQuery();
    }

    /**
     * The next one, or null.
     *
     * @throws GalleryException if it is not what was written
     */
    @Nullable Row next() throws SQLException {
      if (!rows.next()) {
        return null;
      }
      long id = rows.getLong(1);
      String label = rows.getString(2);
      byte[] embedding = rows.getBytes(4);
      if (label == null || embedding == null || id <= last) {
        throw Fault.damaged(file, "the row of item " + id + " is incomplete");
      }
      long originalBytes = rows.getLong(6);
      boolean without = rows.wasNull();
      Row row =
          new Row(
              id,
              label,
              rows.getLong(3),
              embedding,
              rows.getString(5),
              without ? -1 : originalBytes,
              without ? 0 : rows.getLong(7));
      long seal = rows.getLong(8);
      if (RowSeal.of(row) != seal) {
        throw Fault.damaged(file, "item " + id + " is not what was written");
      }
      count++;
      seals += seal;
      last = id;
      return row;
    }

    /**
     * Refuses rows that do not add up, after the last of all.
     *
     * @throws GalleryException if some are missing, or have come back
     */
    void check(Tally tally) {
      if (count != tally.items() || seals != tally.seals() || last > tally.last()) {
        throw Fault.damaged(
            file, "it holds %d items, and %d were written".formatted(count, tally.items()));
      }
    }

    @Override
    public void close() throws SQLException {
      rows.close();
      select.close();
    }
  }
}
