package dev.doppel.cli;

import java.util.Locale;

/** The program: runs one command line and ends with its exit code. */
public final class Main {

  private Main() {}

  /** Runs one command line. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // 96.25 everywhere, never 96,25
    Console console = Console.ofProcess();
    NativeLibraries.use(console::say);
    int code = new Doppel(console).run(args);
    console.flush();
    System.exit(Interruption.exitCode(code));
  }
}
