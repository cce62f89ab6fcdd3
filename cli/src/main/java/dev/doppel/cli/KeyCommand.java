package dev.doppel.cli;

import dev.doppel.error.DataException;
import dev.doppel.server.guard.ApiKey;
import dev.doppel.server.guard.KeyFile;
import dev.doppel.server.guard.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code doppel key}: the keys that the server asks for. */
@Command(name = "key", sortOptions = false)
final class KeyCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "What about the keys? Say 'add', 'list' or 'revoke'.");
  }

  /** What the three have in common. */
  abstract static class OnKeys implements Callable<Integer> {
    final Doppel doppel;

    @Option(
        names = "--keys",
        paramLabel = "FILE",
        defaultValue = "keys.json",
        description = "The file of keys (default ${DEFAULT-VALUE}).")
    Path file = Path.of("");

    OnKeys(Doppel doppel) {
      this.doppel = doppel;
    }
  }

  /** {@code doppel key add}. */
  @Command(
      name = "add",
      description = "Make a key and print it, once: the file holds only its hash.",
      sortOptions = false)
  static final class Add extends OnKeys {
    @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
    private String name = "";

    @Option(
        names = "--scopes",
        split = ",",
        paramLabel = "SCOPE",
        defaultValue = "read",
        description =
            "What it allows: read (identify, verify, list), write (enrol, rename, merge, forget),"
                + " admin (make and delete galleries); several with commas (default ${DEFAULT-VALUE}).")
    private List<String> scopes = List.of();

    @Option(
        names = "--galleries",
        split = ",",
        paramLabel = "NAME",
        description = "Only for these galleries (default: all).")
    private List<String> galleries = List.of();

    Add(Doppel doppel) {
      super(doppel);
    }

    @Override
    public Integer call() {
      Set<Scope> allowed = EnumSet.noneOf(Scope.class);
      scopes.forEach(scope -> allowed.add(Scope.of(scope)));
      KeyFile.add(
          file,
          name,
          allowed,
          Set.copyOf(galleries),
          Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS),
          this::show);
      if (!doppel.json()) {
        doppel
            .console()
            .say("Keep it: " + file + " holds only its hash, and nobody can show it again.");
      }
      return ExitCode.DONE;
    }

    private void show(String text) {
      if (doppel.json()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("command", "key add");
        document.put("name", name);
        document.put("key", text);
        doppel.console().json(document);
      } else {
        doppel.console().print(text);
      }
      if (!doppel.console().arrived()) {
        throw new DataException(
            "The key could not be written to standard output",
            "A key is shown once, or nobody would have it; none was added",
            "See where the output goes, and run it again");
      }
    }
  }

  /** {@code doppel key list}. */
  @Command(name = "list", description = "List the keys by name.", sortOptions = false)
  static final class ListAll extends OnKeys {

    ListAll(Doppel doppel) {
      super(doppel);
    }

    @Override
    public Integer call() {
      List<ApiKey> keys = KeyFile.existing(file);
      if (doppel.json()) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (ApiKey key : keys) {
          Map<String, Object> each = new LinkedHashMap<>();
          each.put("name", key.name());
          each.put("scopes", scopes(key));
          each.put("galleries", List.copyOf(new TreeSet<>(key.galleries())));
          each.put("created", key.created().toString());
          all.add(each);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("command", "key list");
        document.put("keys", all);
        doppel.console().json(document);
        return ExitCode.DONE;
      }
      if (keys.isEmpty()) {
        doppel.console().say("No keys in " + file + "; `doppel key add NAME` makes one.");
        return ExitCode.DONE;
      }
      Table table =
          new Table(Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT);
      table.row("name", "scopes", "galleries", "made");
      for (ApiKey key : keys) {
        table.row(
            key.name(),
            String.join(",", scopes(key)),
            key.galleries().isEmpty() ? "all" : String.join(",", new TreeSet<>(key.galleries())),
            key.created().toString());
      }
      table.lines().forEach(doppel.console()::print);
      return ExitCode.DONE;
    }

    private static List<String> scopes(ApiKey key) {
      return key.scopes().stream().sorted().map(Scope::text).toList();
    }
  }

  /** {@code doppel key revoke}. */
  @Command(
      name = "revoke",
      description = "Take a key out; a running server notices within a second.",
      sortOptions = false)
  static final class Revoke extends OnKeys {
    @Parameters(index = "0", paramLabel = "NAME", description = "Which one.")
    private String name = "";

    Revoke(Doppel doppel) {
      super(doppel);
    }

    @Override
    public Integer call() {
      KeyFile.revoke(file, name);
      if (doppel.json()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("command", "key revoke");
        document.put("name", name);
        doppel.console().json(document);
      } else {
        doppel.console().print("Revoked " + name);
      }
      return ExitCode.DONE;
    }
  }
}
