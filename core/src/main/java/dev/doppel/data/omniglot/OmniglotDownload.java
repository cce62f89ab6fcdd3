package dev.doppel.data.omniglot;

import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Downloads Omniglot from its home and checks its content before anything gets its final name.
 *
 * <p>A download that was cut off leaves {@code .part} files, from which the next one goes on. What
 * is complete but wrong is removed. Immutable; one download into a folder at a time.
 *
 * @param home the folder of the set's repository that has {@code images_background.zip}
 * @param silence how long the server may send nothing
 * @param attempts how often a broken connection is made anew, for each file
 */
public record OmniglotDownload(URI home, Duration silence, int attempts) {

  /** Where its authors publish it (MIT licence, copyright 2015 Brenden Lake). */
  public static final URI HOME =
      URI.create("https://raw.githubusercontent.com/brendenlake/omniglot/master/python/");

  /** The zips have 9.5, 6.5 and 0.4 MB at their home. */
  private static final long LIMIT = 64L << 20;

  private record Part(String name, String address) {}

  private static final List<Part> PARTS =
      List.of(
          new Part(OmniglotFiles.BACKGROUND, OmniglotFiles.BACKGROUND + ".zip"),
          new Part(OmniglotFiles.EVALUATION, OmniglotFiles.EVALUATION + ".zip"),
          new Part(
              OmniglotFiles.RUNS, OmniglotFiles.RUNS_FOLDER + "/" + OmniglotFiles.RUNS + ".zip"));

  public OmniglotDownload {
    if (attempts < 1 || silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException(attempts + " attempts, " + silence + " of silence");
    }
  }

  /** From the set's home, patiently. */
  public static OmniglotDownload fromHome() {
    return new OmniglotDownload(HOME, Duration.ofSeconds(30), 5);
  }

  /** Is told how far a download is; called often, from the thread that downloads. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Tells that some bytes came in.
     *
     * @param file which file
     * @param bytes how many of its bytes are here
     */
    void received(String file, long bytes);
  }

  /**
   * Downloads what is not there yet, checks the whole, and reads it.
   *
   * @param folder is made if need be
   * @throws DataException if the server, the disk or the content fails; the folder then has no new
   *     file but {@code .part} files to go on from
   */
  public Omniglot fetch(Path folder, Progress progress) {
    return fetch(folder, progress, OmniglotShape.PUBLISHED);
  }

  Omniglot fetch(Path folder, Progress progress, OmniglotShape shape) {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
            .connectTimeout(silence)
            .build();
    ResumingDownload fetch = new ResumingDownload(client, silence, LIMIT);
    List<Path> parts = new ArrayList<>();
    List<Path> zips = new ArrayList<>();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failed("%s cannot be made (%s)".formatted(folder, Reason.of(e)), e);
    }
    for (Part each : PARTS) {
      Path zip = folder.resolve(each.name() + ".zip");
      Path part = folder.resolve(each.name() + ".zip.part");
      zips.add(zip);
      parts.add(part);
      if (!Files.exists(zip)) {
        whole(fetch, home.resolve(each.address()), part, progress);
      }
    }
    return checked(folder, parts, zips, shape);
  }

  private void whole(ResumingDownload fetch, URI from, Path part, Progress progress) {
    String file = part.getFileName().toString().replace(".part", "");
    for (int attempt = 1; ; attempt++) {
      try {
        fetch.fetch(from, part, bytes -> progress.received(file, bytes));
        return;
      } catch (IOException e) {
        boolean disk = e instanceof java.nio.file.FileSystemException || noSpace(e);
        if (disk || e instanceof ResumingDownload.Refused || attempt >= attempts) {
          throw failed("%s could not be downloaded: %s".formatted(from, reason(e)), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(from + " was interrupted", e);
      }
    }
  }

  private static boolean noSpace(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("not enough space");
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) { // its message is a class's name, or none
      return "no connection to that host could be made";
    }
    return Reason.of(e);
  }

  /** Checks the new files under their passing names, beside those that were there before. */
  private static Omniglot checked(
      Path folder, List<Path> parts, List<Path> zips, OmniglotShape shape) {
    List<Path> look = new ArrayList<>();
    for (int i = 0; i < zips.size(); i++) {
      look.add(Files.exists(zips.get(i)) ? zips.get(i) : parts.get(i));
    }
    OmniglotReading reading =
        OmniglotReading.of(new OmniglotFiles(folder, look.get(0), look.get(1), look.get(2)), shape);
    try {
      for (int i = 0; i < zips.size(); i++) {
        if (!look.get(i).equals(parts.get(i))) {
          continue;
        }
        if (reading.problems().isEmpty()) {
          Files.move(parts.get(i), zips.get(i), StandardCopyOption.ATOMIC_MOVE);
        } else {
          Files.delete(parts.get(i)); // going on from wrong bytes would never end well
        }
      }
    } catch (IOException e) {
      throw failed("%s: %s".formatted(folder, reason(e)), e);
    }
    if (!reading.problems().isEmpty()) {
      throw new DataException(
          "What was downloaded to %s is not Omniglot: %s"
              .formatted(folder, String.join("; ", reading.problems().stream().limit(3).toList())),
          "Expected the published set, fingerprint " + shape.fingerprint(),
          "Try again, or fetch the three zips by hand from"
              + " https://github.com/brendenlake/omniglot");
    }
    return reading.omniglot();
  }

  private static DataException failed(String given, Exception cause) {
    return new DataException(
        given,
        "A download needs the network and about 20 MB of disk",
        "Run `doppel data fetch` again: it goes on where it stopped; or fetch the three zips by"
            + " hand from https://github.com/brendenlake/omniglot",
        cause);
  }
}
