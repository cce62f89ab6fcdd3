package dev.doppel.cli;

import java.util.concurrent.CountDownLatch;

/**
 * While open, Ctrl-C asks the work to stop and lets it finish in good order: the process ends once
 * this is closed. A second Ctrl-C does nothing more; a kill always works.
 */
final class Interruption implements AutoCloseable {

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param stop asks the work to stop; called from another thread
   */
  Interruption(Runnable stop) {
    hook =
        new Thread(
            () -> {
              stop.run();
              try {
                finished.await();
              } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // It is the hook that waited for us.
    }
  }
}
