package dev.doppel.gallery.disk;

import dev.doppel.error.DoppelException;
import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.ModelStamp;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link GalleryExport} wrote: into a new gallery, or into one that is open. All of it
 * or nothing: names, counts, lengths and checksums must be right, or nothing has changed. No name
 * in the zip becomes a path.
 */
public final class GalleryImport implements AutoCloseable {

  /** Far more than any model's head needs. */
  private static final int MAX_HEADER = 16 << 20;

  /** More than a label and all metadata take, each character escaped. */
  private static final int MAX_LINE = 1 << 20;

  /** The largest picture that is taken. */
  private static final int MAX_ORIGINAL = 256 << 20;

  private static final Pattern NAMES =
      Pattern.compile("gallery\\.json|items\\.jsonl|embeddings\\.npy|originals/(\\d+\\.[a-z]+)?");

  private final Path path;
  private final ZipFile zip;
  private final ExportHeader header;

  private GalleryImport(Path path, ZipFile zip, ExportHeader header) {
    this.path = path;
    this.zip = zip;
    this.header = header;
  }

  /**
   * Opens an export.
   *
   * @throws GalleryException if it is none, or damaged as far as that can be seen at once
   */
  public static GalleryImport open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new GalleryException(
          "There is no export at " + path,
          "An export is one zip file, as `doppel gallery export` writes it",
          "Look for a misspelt name");
    }
    ZipFile zip = null;
    boolean opened = false;
    try {
      zip = new ZipFile(path.toFile());
      checkNames(zip);
      ExportHeader header = ExportHeader.read(read(zip, GalleryExport.HEADER, MAX_HEADER));
      opened = true;
      return new GalleryImport(path, zip, header);
    } catch (IOException e) {
      throw spoilt(path, e);
    } finally {
      if (!opened && zip != null) {
        close(zip);
      }
    }
  }

  private static void checkNames(ZipFile zip) throws IOException {
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      String name = all.nextElement().getName();
      if (!NAMES.matcher(name).matches()) {
        throw new IOException("it holds \"%s\", which no export does".formatted(printable(name)));
      }
    }
  }

  private static String printable(String name) {
    return name.substring(0, Math.min(80, name.length())).replaceAll("\\p{Cntrl}", "?");
  }

  private static byte[] read(ZipFile zip, String name, int most) throws IOException {
    try (InputStream in = stream(zip, name)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException(name + " is larger than " + most + " bytes");
      }
      return bytes;
    }
  }

  private static InputStream stream(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no " + name);
    }
    return zip.getInputStream(entry);
  }

  private static @Nullable String why(Exception e) {
    return e instanceof ZipException || e instanceof EOFException
        ? "it is no zip file, or not a whole one" // Java's own words speak of its headers
        : e.getMessage();
  }

  private static GalleryException spoilt(Path path, Exception e) {
    return new GalleryException(
        "The export %s cannot be taken: %s".formatted(path, why(e)),
        "An export is taken as it was written, whole, or not at all; nothing was changed",
        "Export it again, or take another copy",
        e);
  }

  /** What the gallery was called. */
  public String name() {
    return header.name();
  }

  /** The model that embedded it. */
  public ModelStamp model() {
    return header.model();
  }

  /** How many items it has. */
  public long items() {
    return header.items();
  }

  /**
   * Makes a new gallery of it, with the same ids, labels, metadata, times and originals.
   *
   * @param file where there is none yet
   * @throws GalleryException if the export is damaged, or the file cannot be made
   */
  public void create(Path file, Progress progress) {
    GalleryFile.create(
        file,
        header.model(),
        table -> {
          try (Source rows = new Source(0, progress)) {
            table.insert(rows);
            table.raiseLastId(header.lastId());
          } catch (IOException e) {
            throw spoilt(path, e);
          }
        });
  }

  /**
   * Adds its items to a gallery that is there, with new ids, and labels, metadata, times and
   * originals as they are; what has a label that is there joins it.
   *
   * @return the ids, in order
   * @throws GalleryException if another model embedded the gallery, or the export is damaged
   */
  public List<Long> addTo(DiskGallery gallery, Progress progress) {
    gallery.model().require(gallery.name(), header.model());
    return gallery.take(
        first -> {
          try {
            return new Source(first, progress);
          } catch (IOException e) {
            throw spoilt(path, e);
          }
        });
  }

  @Override
  public void close() {
    close(zip);
  }

  private static void close(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its items as rows, checked one by one and, after the last, all together. */
  final class Source implements ItemTable.Source, AutoCloseable {

    private final long first;
    private final Progress progress;
    private final MessageDigest lineSum = GalleryExport.sha256();
    private final MessageDigest rowSum = GalleryExport.sha256();
    private final InputStream lines;
    private final InputStream rows;
    private byte @Nullable [] original;
    private long done;
    private long originals;
    private long lastId;

    /**
     * @param first the id of the first row, the others following; 0 keeps the ids
     */
    private Source(long first, Progress progress) throws IOException {
      this.first = first;
      this.progress = progress;
      lines = new BufferedInputStream(digested(GalleryExport.ITEMS, lineSum));
      rows = new BufferedInputStream(digested(GalleryExport.EMBEDDINGS, rowSum));
      Npy.skipHead(rows, header.items(), header.model().dim());
    }

    private InputStream digested(String name, MessageDigest sum) throws IOException {
      return new DigestInputStream(stream(zip, name), sum);
    }

    @Override
    public @Nullable Row next() {
      try {
        byte[] line = line();
        if (line == null) {
          finish();
          return null;
        }
        if (done == header.items()) {
          throw new IOException("it has more lines than the %d items".formatted(done));
        }
        Row row = row(ExportLine.read(line));
        if (++done % 1000 == 0) {
          progress.at(done, header.items());
        }
        return row;
      } catch (IOException | DoppelException e) {
        throw spoilt(path, new IOException("item %d: %s".formatted(done + 1, e.getMessage()), e));
      }
    }

    private byte @Nullable [] line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = lines.read(); b != '\n'; b = lines.read()) {
        if (b < 0) {
          return line.size() == 0 ? null : line.toByteArray();
        }
        if (line.size() == MAX_LINE) {
          throw new IOException("its line is too long");
        }
        line.write(b);
      }
      return line.toByteArray();
    }

    private Row row(ExportLine line) throws IOException {
      if (line.id() <= lastId) {
        throw new IOException("its id does not rise");
      }
      lastId = line.id();
      byte[] embedding = rows.readNBytes(Float.BYTES * header.model().dim());
      original = original(line);
      header.model().checkEmbedding(FloatBytes.read(embedding));
      Enrolment checked =
          new Enrolment(line.label(), FloatBytes.read(embedding), line.metadata(), original);
      return Row.of(first == 0 ? line.id() : first + done, checked, line.enrolled());
    }

    private byte @Nullable [] original(ExportLine line) throws IOException {
      String name = line.original();
      if (name == null) {
        return null;
      }
      if (!name.startsWith(GalleryExport.ORIGINALS + line.id() + ".")) {
        throw new IOException("its picture has another's name");
      }
      if (line.bytes() > MAX_ORIGINAL) {
        throw new IOException("its picture is too large");
      }
      byte[] bytes = read(zip, name, (int) line.bytes());
      if (bytes.length != line.bytes() || RowSeal.of(bytes) != line.crc32c()) {
        throw new IOException("its picture is not what was written");
      }
      originals++;
      return bytes;
    }

    private void finish() throws IOException {
      if (done != header.items() || originals != header.originals() || rows.read() >= 0) {
        throw new IOException(
            "it should have %d items with %d pictures, and has %d with %d"
                .formatted(header.items(), header.originals(), done, originals));
      }
      check(GalleryExport.ITEMS, lineSum);
      check(GalleryExport.EMBEDDINGS, rowSum);
      progress.at(done, done);
    }

    private void check(String name, MessageDigest sum) throws IOException {
      if (!HexFormat.of().formatHex(sum.digest()).equals(header.sha256().get(name))) {
        throw new IOException(name + " is not what was written");
      }
    }

    @Override
    public byte @Nullable [] original() {
      return original;
    }

    @Override
    public void close() throws IOException {
      lines.close();
      rows.close();
    }
  }
}
