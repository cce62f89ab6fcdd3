package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.eval.Csv;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where words go: results to standard output, everything said about them to standard error. Both
 * are UTF-8 whatever the locale. Thread-safe as its streams are.
 *
 * @param out results
 * @param err progress, notes and errors
 * @param terminal whether a person watches {@code err} live, so that lines may be overwritten
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {

  /** The streams of this process; the launcher knows whether they are a terminal. */
  static Console ofProcess() {
    return new Console(
        new ResultStream(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
        Boolean.getBoolean("doppel.terminal"));
  }

  /** Prints a line of the result. */
  void print(String line) {
    out.println(plain(line));
  }

  /** Prints the result as one JSON document. */
  void json(Map<String, ?> document) {
    out.println(JsonText.of(document));
  }

  /** Prints a part of the result as a JSON document on a line of its own. */
  void jsonLine(Map<String, ?> document) {
    out.println(JsonText.line(document));
  }

  /** Prints a line of comma-separated values. */
  void csv(List<String> cells) {
    out.print(Csv.line(cells));
  }

  /** Says something about the work, which is no part of the result. */
  void say(String line) {
    err.println(plain(line));
  }

  /** On a terminal, writes over the line that stands; {@link #endLine} clears it. */
  void overwrite(String line) {
    err.print("\r\033[K" + plain(line));
    err.flush();
  }

  /** Clears a line that was written over. */
  void endLine() {
    if (terminal) {
      err.print("\r\033[K");
      err.flush();
    }
  }

  /**
   * A line whose control characters are shown rather than sent: the name of a file may hold any,
   * and a terminal obeys them. Lines of a longer text stay.
   */
  private static String plain(String line) {
    StringBuilder shown = new StringBuilder(line.length());
    line.chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                shown.append(String.format(Locale.ROOT, "\\x%02x", c));
              } else {
                shown.append((char) c);
              }
            });
    return shown.toString();
  }

  /** Whether all that was printed has gone out. */
  boolean arrived() {
    return !out.checkError();
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
