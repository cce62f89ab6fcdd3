package dev.doppel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code doppel gallery}: the parent of what is done with a gallery as a whole. */
@Command(name = "gallery", sortOptions = false)
final class GalleryCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "What about the gallery? Say one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
