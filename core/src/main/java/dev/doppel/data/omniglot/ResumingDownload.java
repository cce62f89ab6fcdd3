package dev.doppel.data.omniglot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches a file over HTTP into one that may hold its beginning already: what is there is kept and
 * only the rest is asked for.
 *
 * @param client sends the requests
 * @param silence how long a connection may deliver nothing
 * @param limit the largest file that is accepted, in bytes
 */
record ResumingDownload(HttpClient client, Duration silence, long limit) {

  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final int PARTIAL = 206;
  private static final int RANGE_BEYOND_END = 416;

  /** An answer that asking again will not change. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Fetches what is missing; returns only when the file is complete.
   *
   * @param received is told the bytes the file has
   */
  void fetch(URI from, Path part, LongConsumer received) throws IOException, InterruptedException {
    long had = Files.exists(part) ? Files.size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(from).timeout(silence);
    if (had > 0) {
      request.header("Range", "bytes=" + had + "-");
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == RANGE_BEYOND_END && had > 0) {
        complete(response, had, part);
        return;
      }
      if (status != 200 && status != PARTIAL) {
        throw status >= 500
            ? new IOException("the server answered " + status)
            : new Refused("the server answered " + status);
      }
      long begin = status == PARTIAL ? begin(response) : 0; // 200: it sends all, from the start
      if (begin != 0 && begin != had) {
        throw new Refused("asked for bytes from " + had + ", was sent bytes from " + begin);
      }
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      refuseBeyondLimit(begin + Math.max(length, 0));
      long end = begin + copy(body, part, begin, received);
      if (length >= 0 && end < begin + length) {
        throw new IOException(
            "the connection broke after %,d of %,d bytes".formatted(end, begin + length));
      }
    }
  }

  private void refuseBeyondLimit(long size) throws Refused {
    if (size > limit) {
      throw new Refused("it is larger than %,d bytes, which it should not be".formatted(limit));
    }
  }

  /** Nothing lies beyond what is there: either that is all, or it is another file's beginning. */
  private static void complete(HttpResponse<?> response, long had, Path part) throws IOException {
    String size = response.headers().firstValue("Content-Range").orElse("");
    if (!size.equals("bytes */" + had)) {
      Files.delete(part);
      throw new IOException("what was fetched earlier does not belong to this file");
    }
  }

  private static long begin(HttpResponse<?> response) throws Refused {
    Matcher range = RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    if (!range.matches()) {
      throw new Refused("the server does not say which bytes it sends");
    }
    return Long.parseLong(range.group(1));
  }

  private long copy(InputStream body, Path part, long begin, LongConsumer received)
      throws IOException {
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "download-watch");
              thread.setDaemon(true);
              return thread;
            });
    StandardOpenOption how =
        begin == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
    long copied = 0;
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      byte[] some = new byte[1 << 16];
      while (true) {
        ScheduledFuture<?> alarm =
            watch.schedule(() -> close(body), silence.toMillis(), TimeUnit.MILLISECONDS);
        int count = body.read(some);
        if (!alarm.cancel(false)) {
          throw new IOException("the server sent nothing for " + silence.toSeconds() + " s");
        }
        if (count < 0) {
          return copied;
        }
        copied += count;
        refuseBeyondLimit(begin + copied);
        out.write(some, 0, count);
        received.accept(begin + copied);
      }
    } finally {
      watch.shutdownNow();
    }
  }

  private static void close(InputStream body) {
    try {
      body.close(); // wakes the reader
    } catch (IOException e) {
      // it is being given up anyway
    }
  }
}
