package dev.doppel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Faiss in a Python process of its own, which searches when told to. Variables that choose
 * OpenBLAS's kernel are not passed on, so it takes the one for this processor; faiss's own threads
 * sleep while they wait, since spinning they take the processors from OpenBLAS's.
 */
final class Faiss implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter commands;
  private final String about;

  private Faiss(Process process, BufferedReader answers, String about) {
    this.process = process;
    this.answers = answers;
    this.about = about;
    commands = new PrintWriter(process.getOutputStream(), true, UTF_8);
  }

  /**
   * Starts it on vectors in files; empty if there is no such Python or it has no faiss.
   *
   * @param base and {@code queries}: .fvecs, of which the first {@code rows} and {@code asked}
   *     count
   */
  static Optional<Faiss> start(String python, Path base, Path queries, int rows, int asked, int k)
      throws IOException {
    String script;
    try (InputStream in =
        Objects.requireNonNull(Faiss.class.getResourceAsStream("faiss_search.py"))) {
      script = new String(in.readAllBytes(), UTF_8);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                python,
                "-c",
                script,
                base.toString(),
                queries.toString(),
                Integer.toString(rows),
                Integer.toString(asked),
                Integer.toString(k)));
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process;
    try {
      process = builder.start();
    } catch (IOException noPython) {
      return Optional.empty();
    }
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String first = answers.readLine();
    if (first == null || !first.startsWith("ready ")) {
      process.destroy();
      return Optional.empty();
    }
    return Optional.of(new Faiss(process, answers, first.substring("ready ".length())));
  }

  /** Its version, how it was compiled, and what it multiplies with. */
  String about() {
    return about;
  }

  /** Does a command and returns when it is done. */
  String tell(String command) {
    commands.println(command);
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("faiss ended at the command: " + command);
      }
      return answer;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Does a command that answers a number. */
  double ask(String command) {
    return Double.parseDouble(tell(command));
  }

  @Override
  public void close() {
    commands.close();
    process.destroy();
  }
}
