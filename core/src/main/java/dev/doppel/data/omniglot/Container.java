package dev.doppel.data.omniglot;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A bundle of files, zipped or unpacked, read by name. Thread-safe until closed. */
sealed interface Container extends Closeable {

  /** The largest file worth reading: Omniglot's have a few hundred bytes. */
  int MAX_FILE_BYTES = 1 << 20;

  /** The names of its files, with {@code /} between folders, without what systems leave behind. */
  NavigableSet<String> files();

  /** The content of a file. */
  byte[] read(String file) throws IOException;

  /** Opens a zip or a folder. */
  static Container open(Path path) throws IOException {
    return Files.isDirectory(path) ? new Unpacked(path) : new Zipped(path);
  }

  /** Whether a system and no author put it there: {@code __MACOSX}, {@code .DS_Store}. */
  private static boolean clutter(String file) {
    return file.startsWith("__MACOSX/")
        || file.startsWith(".")
        || file.contains("/.")
        || file.endsWith("Thumbs.db")
        || file.endsWith("desktop.ini");
  }

  private static byte[] limited(InputStream in) throws IOException {
    byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
    if (content.length > MAX_FILE_BYTES) {
      throw new IOException("larger than " + (MAX_FILE_BYTES >> 20) + " MB");
    }
    return content;
  }

  /** A zip, read in place. */
  final class Zipped implements Container {
    private final ZipFile zip;
    private final NavigableSet<String> files = new TreeSet<>();

    Zipped(Path path) throws IOException {
      this.zip = new ZipFile(path.toFile());
      zip.stream()
          .filter(entry -> !entry.isDirectory() && !clutter(entry.getName()))
          .forEach(entry -> files.add(entry.getName()));
    }

    @Override
    public NavigableSet<String> files() {
      return files;
    }

    @Override
    public byte[] read(String file) throws IOException {
      ZipEntry entry = zip.getEntry(file);
      if (entry == null) {
        throw new NoSuchFileException(file);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return limited(in);
      }
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  /** A folder with whatever lies below it. */
  final class Unpacked implements Container {
    private static final int DEPTH = 6;

    private final Path root;
    private final NavigableSet<String> files = new TreeSet<>();

    Unpacked(Path root) throws IOException {
      this.root = root;
      try (Stream<Path> found = Files.walk(root, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
        found
            .filter(path -> !Files.isDirectory(path))
            .map(path -> root.relativize(path).toString().replace(File.separatorChar, '/'))
            .filter(file -> !clutter(file))
            .forEach(files::add);
      }
    }

    @Override
    public NavigableSet<String> files() {
      return files;
    }

    @Override
    public byte[] read(String file) throws IOException {
      try (InputStream in = Files.newInputStream(root.resolve(file))) {
        return limited(in);
      }
    }

    @Override
    public void close() {}
  }
}
