package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries of ONNX Runtime and SQLite, unpacked once.
 *
 * <p>Left alone, both unpack theirs from their jars into the temporary folder at every start: 30 MB
 * that take longer than recognising. The launcher has them unpacked beside a build's jars instead,
 * and names the folder in {@code doppel.natives}; each start then looks whether they are whole.
 */
final class NativeLibraries {

  /** The property that names the folder. */
  static final String FOLDER = "doppel.natives";

  /** Written last: the size, SHA-256 and name of each library. */
  private static final String INDEX = "index";

  private NativeLibraries() {}

  /** Unpacks them into the folder that is named. */
  public static void main(String[] args) throws IOException {
    unpack(Path.of(args[0]));
  }

  /** A line of the index. */
  private record Entry(String name, long size, String sha256) {

    static Entry of(String line) throws IOException {
      String[] parts = line.split(" ", 3);
      try {
        return new Entry(parts[2], Long.parseLong(parts[0]), parts[1]);
      } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
        throw new IOException("line \"" + line + "\" of its index makes no sense", e);
      }
    }

    @Override
    public String toString() {
      return size + " " + sha256 + " " + name;
    }
  }

  /** The libraries' places in their jars, for the platform this runs on; empty if unknown. */
  private static List<String> resources() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64");
    if (!arm && !arch.equals("amd64") && !arch.equals("x86_64")) {
      return List.of();
    }
    return resources(os, arm);
  }

  /** For 64 bits of one of two makers. */
  static List<String> resources(String os, boolean arm) {
    if (os.startsWith("linux")) {
      return resources(arm ? "linux-aarch64" : "linux-x64", "Linux", arm, "lib%s.so");
    } else if (os.startsWith("windows") && !arm) {
      return resources("win-x64", "Windows", false, "%s.dll");
    }
    return os.startsWith("mac") && arm
        ? resources("osx-aarch64", "Mac", true, "lib%s.dylib")
        : List.of();
  }

  private static List<String> resources(String onnx, String sqlite, boolean arm, String file) {
    String runtime = "ai/onnxruntime/native/" + onnx + "/";
    String database = "org/sqlite/native/" + sqlite + (arm ? "/aarch64/" : "/x86_64/");
    return List.of(
        runtime + file.formatted("onnxruntime"),
        runtime + file.formatted("onnxruntime4j_jni"),
        database + file.formatted("sqlitejdbc"));
  }

  /**
   * Unpacks them into a folder and reads them again; none on a platform that is not known.
   *
   * @throws IOException if one is missing, or is not on the disk as it is in its jar
   */
  static void unpack(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(INDEX));
    for (String resource : resources()) {
      byte[] library;
      try (@Nullable InputStream in =
          NativeLibraries.class.getClassLoader().getResourceAsStream(resource)) {
        if (in == null) {
          throw new NoSuchFileException(resource);
        }
        library = in.readAllBytes();
      }
      Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
      Path beside = folder.resolve(file.getFileName() + ".new"); // another process may use the old
      Files.write(beside, library);
      String sha256 = sha256(library);
      if (!sha256.equals(sha256(Files.readAllBytes(beside)))) {
        throw new IOException(beside + " is not what was written to it");
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      lines.add(new Entry(String.valueOf(file.getFileName()), library.length, sha256).toString());
    }
    Path beside = folder.resolve(INDEX + ".new");
    Files.write(beside, lines);
    Files.move(beside, folder.resolve(INDEX), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Has them loaded from the folder that the launcher names, if they are whole there.
   *
   * @param say is told why, if they are not; then they are unpacked at every start
   */
  static void use(Consumer<String> say) {
    String named = System.getProperty(FOLDER);
    if (named == null) {
      return;
    }
    Path folder = Path.of(named);
    try {
      List<String> lines = Files.readAllLines(folder.resolve(INDEX), UTF_8);
      for (String line : lines) {
        check(folder, Entry.of(line));
      }
      if (lines.isEmpty()) {
        return;
      }
    } catch (IOException e) {
      say.accept(
          "doppel: the native libraries in %s are not whole (%s). Until that folder and the archive"
                  .formatted(folder, e)
              + " of classes beside it are deleted, starts take longer.");
      return;
    }
    setUnlessSet("onnxruntime.native.path", named);
    setUnlessSet("org.sqlite.lib.path", named);
    setUnlessSet("org.sqlite.tmpdir", named); // which it searches for leftovers
  }

  /** By its size alone: its hash was checked when it was written, and would take half a start. */
  private static void check(Path folder, Entry library) throws IOException {
    long size = Files.size(folder.resolve(library.name()));
    if (size != library.size()) {
      throw new IOException(
          "%s has %,d bytes of %,d".formatted(library.name(), size, library.size()));
    }
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
