package dev.doppel.server.api;

import dev.doppel.server.error.Refusal;
import dev.doppel.server.http.Exchange;
import dev.doppel.server.http.Reply;
import dev.doppel.server.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The page and its files: those that came with this program, read at the start, and no others. */
final class PageCalls {

  private static final String FOLDER = "/dev/doppel/server/page/";
  private static final String FIRST = "index.html";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2");

  private record PageFile(byte[] bytes, String type, String tag) {}

  private final Map<String, PageFile> files;

  PageCalls() {
    files = read();
  }

  List<Route> routes() {
    return List.of(
        Route.open("GET", "/", exchange -> file(FIRST, exchange)),
        Route.open("GET", "/page/{file}", exchange -> file(exchange.place("file"), exchange)));
  }

  private Reply file(String name, Exchange exchange) {
    PageFile file = files.get(name);
    if (file == null) {
      throw Refusal.missing("unknown_address", "There is no such file", "Begin at /");
    }
    boolean had = exchange.ifNoneMatch().map(tags -> tags.contains(file.tag)).orElse(false);
    Reply reply =
        had
            ? new Reply(304, "", new byte[0], Map.of(), Reply.Kind.PAGE)
            : Reply.content(file.type, file.bytes, Reply.Kind.PAGE);
    return reply.with("ETag", file.tag).with("Cache-Control", "no-cache");
  }

  private static Map<String, PageFile> read() {
    URL first = PageCalls.class.getResource(FOLDER + FIRST);
    if (first == null) {
      throw new IllegalStateException("this build has no page");
    }
    try {
      URI place = first.toURI();
      if (place.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
          return read(jar.getPath(FOLDER));
        }
      }
      return read(Path.of(place).resolveSibling(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // it came as a URL
    }
  }

  private static Map<String, PageFile> read(Path folder) throws IOException {
    Map<String, PageFile> files = new HashMap<>();
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type != null) {
          byte[] bytes = Files.readAllBytes(file);
          files.put(name, new PageFile(bytes, type, tag(bytes)));
        }
      }
    }
    return files;
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
