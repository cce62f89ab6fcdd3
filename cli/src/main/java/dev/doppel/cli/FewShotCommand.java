package dev.doppel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code doppel fewshot}: the parent of what is learned episode by episode. */
@Command(name = "fewshot", sortOptions = false)
final class FewShotCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Learn or measure? Say one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
