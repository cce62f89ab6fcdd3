package dev.doppel.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.text.MessageFormat;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Where the words of libraries go: to standard error, a line each. A command that ends says
 * warnings alone; one that serves says what happens, and when. Thread-safe.
 *
 * <p>The JDK's own logging would say everything in two lines, and takes a tenth of a start.
 */
public final class SaidLog extends System.LoggerFinder {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

  private static final Console CONSOLE = Console.ofProcess();

  private static volatile boolean asItHappens;

  /** For the service loader. */
  public SaidLog() {}

  /** From now on, says what happens too, each with its time. */
  static void sayAsItHappens() {
    asItHappens = true;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Saying(name);
  }

  private record Saying(String name) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      Level least = asItHappens ? Level.INFO : Level.WARNING;
      return level != Level.OFF && level.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        say(level, String.valueOf(message), thrown);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object... parameters) {
      if (isLoggable(level)) {
        String text = String.valueOf(format);
        boolean plain = parameters == null || parameters.length == 0;
        say(level, plain ? text : MessageFormat.format(text, parameters), null);
      }
    }

    private static void say(Level level, String text, @Nullable Throwable thrown) {
      StringBuilder line = new StringBuilder();
      line.append(
          asItHappens
              ? TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + " " + level
              : "doppel:");
      line.append(' ').append(text);
      if (thrown != null) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        line.append(System.lineSeparator()).append(trace.toString().stripTrailing());
      }
      CONSOLE.say(line.toString());
    }
  }
}
