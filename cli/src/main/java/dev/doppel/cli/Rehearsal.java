package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.data.omniglot.OmniglotSource;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs everyday command lines once without a word, so that the launcher can lay out the classes
 * they need for later starts to map into memory.
 */
final class Rehearsal {

  private Rehearsal() {}

  /** Runs them; whether they succeed does not matter. */
  public static void main(String[] args) {
    List<String> lines =
        new ArrayList<>(
            List.of("--version", "--help", "evaluate --help", "evaluat", "verify no.png none.png"));
    if (OmniglotSource.here(null).isSomewhere()) { // never download for the sake of speed
      lines.add("evaluate --matcher pixel-cosine --protocol lake20 --json");
    }
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    for (String line : lines) {
      new Doppel(new Console(nowhere, nowhere, true)).run(line.split(" ", -1));
    }
  }
}
