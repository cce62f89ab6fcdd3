package dev.doppel.gallery.disk;

import dev.doppel.gallery.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows on their way into the file, remembered for memory to follow. */
final class TakenRows implements ItemTable.Source {

  private final ItemTable.Source rows;
  private final Path file;
  private final MetadataText metadata = new MetadataText();
  private final List<Entry> entries = new ArrayList<>();

  TakenRows(ItemTable.Source rows, Path file) {
    this.rows = rows;
    this.file = file;
  }

  @Override
  public @Nullable Row next() throws SQLException {
    Row row = rows.next();
    if (row != null) {
      try {
        entries.add(row.entry(FloatBytes.read(row.embedding()), metadata.read(row.metadata())));
      } catch (IOException e) {
        throw Fault.of(file, "be changed", e);
      }
    }
    return row;
  }

  @Override
  public byte @Nullable [] original() {
    return rows.original();
  }

  List<Entry> entries() {
    return entries;
  }
}
