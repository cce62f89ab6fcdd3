package dev.doppel.gallery.disk;

import dev.doppel.error.DoppelException;
import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Catalogue;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Entry;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads all items of a file into memory, every row checked, and their number. */
final class Loading {

  private final Path file;
  private final ModelStamp stamp;
  private final MetadataText metadata = new MetadataText();

  private Loading(Path file, ModelStamp stamp) {
    this.file = file;
    this.stamp = stamp;
  }

  /**
   * Everything there is, as of one moment.
   *
   * @throws GalleryException if it is damaged
   */
  static Catalogue of(Connection on, Path file, ModelStamp stamp, SearchMode mode)
      throws SQLException {
    Catalogue catalogue = new Catalogue(stamp, mode);
    ItemTable table = new ItemTable(on, file);
    Loading loading = new Loading(file, stamp);
    try (ItemTable.Reading rows = table.rows(0)) {
      catalogue.add(() -> loading.entries(rows));
      rows.check(table.tally());
    }
    return catalogue;
  }

  private Iterator<Entry> entries(ItemTable.Reading rows) {
    return new Iterator<>() {
      private @Nullable Row next = advance(rows);

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Entry next() {
        Row row = next;
        if (row == null) {
          throw new NoSuchElementException();
        }
        next = advance(rows);
        return entry(row);
      }
    };
  }

  private @Nullable Row advance(ItemTable.Reading rows) {
    try {
      return rows.next();
    } catch (SQLException e) {
      throw Fault.of(file, "be read", e);
    }
  }

  private Entry entry(Row row) {
    try {
      Enrolment.checkKeptLabel(row.label());
      float[] embedding = FloatBytes.read(row.embedding());
      stamp.checkEmbedding(embedding);
      return row.entry(embedding, metadata.read(row.metadata()));
    } catch (IOException | DoppelException e) {
      throw Fault.damaged(file, "item %d: %s".formatted(row.id(), e.getMessage()), e);
    }
  }
}
