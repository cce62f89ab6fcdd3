package dev.doppel.cli;

import dev.doppel.error.OptionException;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import dev.doppel.model.Twin;
import dev.doppel.onnx.OpenModel;
import dev.doppel.server.DoppelServer;
import dev.doppel.server.Listening;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.embed.EmbedLimits;
import dev.doppel.server.store.FolderGalleries;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doppel serve}: recognition over HTTP, with a page to try it. */
@Command(
    name = "serve",
    sortOptions = false,
    footer = {
      "",
      "Listens on this machine alone, open to whoever is on it, unless --host and --keys say"
          + " otherwise. Ctrl-C stops it in good order."
    })
final class ServeCommand implements Callable<Integer> {

  private static final String FIRST = "main";

  private final Doppel doppel;

  @Mixin private ModelOption models = new ModelOption();

  @Option(
      names = "--galleries",
      paramLabel = "DIR",
      defaultValue = "galleries",
      description = "The folder of galleries; made if it is missing (default ${DEFAULT-VALUE}).")
  private Path galleries = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port; 0 for any that is free (default ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen at (default ${DEFAULT-VALUE}: this machine alone).")
  private String host = "";

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "Ask for keys: those of this file, which `doppel key add` writes.")
  private @Nullable Path keys;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "Speak TLS with the certificate in this PKCS12 file.")
  private @Nullable Path keystore;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "The file with the keystore's password.")
  private @Nullable Path password;

  @Option(
      names = "--behind-proxy",
      description = "Let other machines in without TLS, since a proxy in front has it.")
  private boolean proxied;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "Another name that the server goes by, beside localhost and this machine's addresses;"
              + " may be given several times.")
  private List<String> hosts = List.of();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Most requests a second for each key, or each address where no keys are asked for"
              + " (default: no limit on this machine alone, else 100).")
  private @Nullable Double rate;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "16000000",
      description = "Most pixels of a picture (default ${DEFAULT-VALUE}).")
  private long pixels;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "Batches embedded at the same time, a thread each (default: the processors).")
  private @Nullable Integer lanes;

  @Option(
      names = "--search",
      paramLabel = "MODE",
      defaultValue = "exact",
      description =
          "exact: compare every label; approximate: from 10,000 labels on, only those near the"
              + " picture (default ${DEFAULT-VALUE}).")
  private String search = "";

  @Option(
      names = "--no-originals",
      description = "Keep no picture files of what is enrolled, only what they embed to.")
  private boolean withoutOriginals;

  @Option(
      names = "--access-log",
      description = "Write a line for each answer to standard error; no labels, no pictures.")
  private boolean accessLog;

  ServeCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() throws InterruptedException {
    SaidLog.sayAsItHappens();
    SearchMode mode = SearchMode.of(search);
    CountDownLatch stop = new CountDownLatch(1);
    try (OpenModel open = models.open(1);
        Interruption interruption = new Interruption(stop::countDown)) {
      ServerOptions options = options();
      ModelStamp stamp = ModelStamp.of(open.twin());
      try (DoppelServer server =
          DoppelServer.start(
              open.twin(),
              () -> new FolderGalleries(galleries, stamp, mode).orFirst(FIRST),
              options)) {
        tell(server, open.twin(), options);
        stop.await();
        doppel.console().say("Stopping: finishing what is under way.");
      }
    }
    return ExitCode.DONE;
  }

  private ServerOptions options() {
    ServerOptions local = ServerOptions.local(port);
    EmbedLimits embed = local.embed();
    if (lanes != null) {
      embed = new EmbedLimits(lanes, embed.batch(), embed.queue(), embed.patience());
    }
    return local
        .withListening(new Listening(host, port, tls(), proxied, Set.copyOf(hosts)))
        .withKeys(Optional.ofNullable(keys), rate != null ? rate : keys != null ? 100 : 0)
        .withPixels(pixels)
        .withOriginals(!withoutOriginals)
        .withAccessLog(accessLog)
        .withEmbed(embed)
        .withVersion(Version.ofDoppel());
  }

  private Optional<Listening.Tls> tls() {
    if (keystore == null && password == null) {
      return Optional.empty();
    }
    if (keystore == null || password == null) {
      throw new OptionException(
          "Only one of --tls-keystore and --tls-password-file",
          "TLS needs a PKCS12 file and the file with its password",
          "Give both");
    }
    return Optional.of(new Listening.Tls(keystore, password));
  }

  private static String served(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private void tell(DoppelServer server, Twin twin, ServerOptions options) {
    String guarded = options.keys().isPresent() ? "asks for a key" : "open to all on this machine";
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "serve");
      document.put("url", server.url());
      document.put("model", twin.name());
      document.put("galleries", server.galleries());
      document.put("unusable", server.problems());
      document.put("keys", options.keys().isPresent());
      doppel.console().json(document);
    } else {
      Table table = new Table(Table.Align.LEFT, Table.Align.LEFT);
      table
          .row("page and API", server.url() + "  (" + guarded + ")")
          .row("description", server.url() + "/openapi.json")
          .row("model", twin.name() + (twin.provenance().synthetic() ? "  (SYNTHETIC)" : ""))
          .row("galleries", served(server.galleries()) + "  in " + galleries)
          .row("pictures", withoutOriginals ? "not kept" : "kept beside what they embed to");
      if (!server.problems().isEmpty()) {
        table.row("not served", String.join(", ", server.problems().keySet()) + "  (see above)");
      }
      table.lines().forEach(doppel.console()::print);
    }
    doppel.console().flush();
    doppel.console().say("Ctrl-C stops it.");
  }
}
