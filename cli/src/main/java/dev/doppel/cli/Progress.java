package dev.doppel.cli;

import java.util.Locale;

/**
 * Shows how far some work is: on a terminal one line with a bar that is written over, elsewhere a
 * plain line now and then. Work that is over sooner than a person begins to wonder shows nothing.
 * Used by one thread alone.
 */
final class Progress implements AutoCloseable {

  private static final long SECOND = 1_000_000_000L;
  private static final long REDRAW_NANOS = SECOND / 10;
  private static final long PLAIN_NANOS = 10 * SECOND;

  /** How long a person waits without a word. */
  private static final long PATIENCE_NANOS = 2 * SECOND;

  /** A plain line is for a log, where five seconds of silence are no riddle yet. */
  private static final long PLAIN_PATIENCE_NANOS = 5 * SECOND;

  private static final int BAR = 24;

  private final Console console;
  private final String work;
  private long due;
  private boolean drawn;

  private Progress(Console console, String work, long due) {
    this.console = console;
    this.work = work;
    this.due = due;
  }

  /** Progress of work that may be short: the first word comes after two seconds. */
  static Progress patient(Console console, String work) {
    long patience = console.terminal() ? PATIENCE_NANOS : PLAIN_PATIENCE_NANOS;
    return new Progress(console, work, System.nanoTime() + patience);
  }

  /** Progress of work that is known to be long: on a terminal it shows at once. */
  static Progress prompt(Console console, String work) {
    long patience = console.terminal() ? 0 : PLAIN_PATIENCE_NANOS;
    return new Progress(console, work, System.nanoTime() + patience);
  }

  /** Whether {@link #show} would show something now. */
  boolean isDue() {
    return System.nanoTime() - due >= 0;
  }

  /**
   * Shows the share that is done, if it is time to.
   *
   * @param share 0 to 1
   * @param words what else there is to say of it
   */
  void show(double share, String words) {
    String text = String.format(Locale.ROOT, "%3.0f %%  %s", 100 * share, words);
    draw(bar(share) + " " + text, text);
  }

  /** Shows that so many pieces of all are done, if it is time to. */
  void count(long done, long all, String pieces) {
    if (isDue()) {
      show(
          all == 0 ? 1 : (double) done / all,
          String.format(Locale.ROOT, "%,d of %,d %s", done, all, pieces));
    }
  }

  /** Shows how far work is whose end nobody knows, if it is time to. */
  void show(String words) {
    draw(words, words);
  }

  private void draw(String live, String plain) {
    if (!isDue()) {
      return;
    }
    due = System.nanoTime() + (console.terminal() ? REDRAW_NANOS : PLAIN_NANOS);
    if (console.terminal()) {
      console.overwrite(live);
      drawn = true;
    } else {
      console.say(work + ": " + plain.strip());
    }
  }

  /** Leaves the line standing, so that what follows stands below it. */
  void leave() {
    if (drawn) {
      console.err().println();
      drawn = false;
    }
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (drawn) {
      console.endLine();
      drawn = false;
    }
  }

  static String bar(double share) {
    int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR);
    return "━".repeat(full) + "─".repeat(BAR - full);
  }
}
