package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.error.Reason;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** A stream for results that remembers what {@link PrintStream} keeps to itself: why it failed. */
final class ResultStream extends PrintStream {

  private final Watched to;

  ResultStream(OutputStream to) {
    this(new Watched(to));
  }

  private ResultStream(Watched to) {
    super(new BufferedOutputStream(to), false, UTF_8);
    this.to = to;
  }

  /** Why the first of what was lost was lost; empty if nobody knows. */
  String reason() {
    return to.first == null ? "" : Reason.of(to.first);
  }

  /** Whether whoever read it has gone, as {@code head} goes when it has seen enough. */
  boolean readerGone() {
    return reason().equals("Broken pipe");
  }

  private static final class Watched extends FilterOutputStream {

    private @Nullable IOException first;

    Watched(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        first = first == null ? e : first;
        throw e;
      }
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }
  }
}
