package dev.doppel.cli;

import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.data.omniglot.OmniglotSource;
import dev.doppel.error.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doppel data fetch}: downloads the data set and checks it. */
@Command(
    name = "fetch",
    description = "Download Omniglot and check it. Goes on where an earlier download stopped.",
    sortOptions = false)
final class DataFetchCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder to download to (default: the user's cache).")
  private @Nullable Path folder;

  DataFetchCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    Path to = folder == null ? OmniglotSource.cache() : folder;
    if (Files.exists(to) && !Files.isDirectory(to)) {
      throw new DataException(
          to + " is no folder", "A download goes into a folder", "Name one with --data");
    }
    Omniglot omniglot = Download.into(to, doppel.console());
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "data fetch");
      document.put("folder", to.toString());
      document.put("fingerprint", omniglot.fingerprint());
      doppel.console().json(document);
    } else {
      doppel.console().print("Omniglot is whole in " + to);
    }
    return ExitCode.DONE;
  }
}
