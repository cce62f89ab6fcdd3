package dev.doppel.cli;

import dev.doppel.gallery.ModelStamp;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.server.DoppelServer;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.store.Galleries;
import dev.doppel.server.store.MemoryGalleries;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doppel serve}: recognition over HTTP, with a page to try it. */
@Command(name = "serve", sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "model.onnx",
      description = "The model file (default ${DEFAULT-VALUE}).")
  private Path model = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port; 0 for any that is free (default ${DEFAULT-VALUE}).")
  private int port;

  ServeCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    try (OpenModel open = ModelFile.open(model, 1);
        Interruption interruption = new Interruption(stop::countDown)) {
      Galleries galleries = new MemoryGalleries(ModelStamp.of(open.twin()));
      galleries.create("main");
      try (DoppelServer server =
          DoppelServer.start(open.twin(), galleries, ServerOptions.local(port))) {
        doppel.console().print("Doppel listens at " + server.url());
        doppel.console().flush();
        stop.await();
      }
    }
    return ExitCode.DONE;
  }
}
