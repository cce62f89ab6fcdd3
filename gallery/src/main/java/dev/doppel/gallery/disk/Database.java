package dev.doppel.gallery.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Connections to SQLite files, set up the way a gallery wants them. Transactions are begun and
 * ended in SQL: SQLite ends some by itself when a disk is full, and JDBC's own count would not
 * know.
 */
final class Database {

  /** "DOPL": tells a gallery from other SQLite files. */
  static final int APPLICATION = 0x444F504C;

  static final int BUSY_MILLISECONDS = 2000;

  private Database() {}

  /** A connection that may write; the file must be there. */
  static Connection write(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    return connect(file, "?mode=rw", config);
  }

  /** A connection that may write a file which it makes. */
  static Connection create(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    return connect(file, "?mode=rwc", config);
  }

  /**
   * A connection that only reads, beside whoever writes. In a folder that cannot be written, where
   * SQLite could not keep its index of the log, a file without a log is read as it lies.
   */
  static Connection read(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    boolean asItLies = !Files.isWritable(folder(file)) && isEmpty(log(file));
    return asItLies ? asItLies(file) : connect(file, "?mode=ro", config);
  }

  /** A connection that reads a file without its log, whoever writes meanwhile. */
  static Connection asItLies(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return connect(file, "?immutable=1", config);
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }

  static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  static Path logIndex(Path file) {
    return file.resolveSibling(file.getFileName() + "-shm");
  }

  private static boolean isEmpty(Path log) {
    try {
      return !Files.exists(log) || Files.size(log) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    // What is forgotten is overwritten, not only let go.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    return config;
  }

  private static Connection connect(Path file, String mode, SQLiteConfig config)
      throws SQLException {
    // As a URI, so that no character of a folder's name means anything.
    String address = "file:" + file.toAbsolutePath().toUri().getRawPath() + mode;
    Properties properties = config.toProperties();
    Connection connection = JDBC.createConnection("jdbc:sqlite:" + address, properties);
    if (connection == null) {
      throw new SQLException("no SQLite driver takes " + address);
    }
    return connection;
  }

  static void execute(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whether a statement was done; why not is of no interest. */
  static boolean taken(Connection on, String sql) {
    try {
      execute(on, sql);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** The only number that a query gives. */
  static long number(Connection on, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = on.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("nothing answers " + sql);
        }
        return row.getLong(1);
      }
    }
  }

  /** The only text that a query gives. */
  static String text(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }
}
