package dev.doppel.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * While open, Ctrl-C (or a request to end, or a closed terminal) asks the work to stop and lets it
 * finish in good order. A second one does nothing more; {@code kill -9} always works.
 *
 * <p>The signal itself is taken, where the JVM lets us. A shutdown hook runs beside those of
 * others, and ONNX Runtime's takes its memory away from under work that is still going on.
 */
final class Interruption implements AutoCloseable {

  private static final String[] SIGNALS = {"INT", "TERM", "HUP"};

  /** By convention a process that a signal ended says so: 128 and the signal's number. */
  private static final int SIGNALLED = 128;

  private static final AtomicInteger RECEIVED = new AtomicInteger();

  private final Map<Object, Object> before = new LinkedHashMap<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private @Nullable Thread hook;

  /**
   * @param stop asks the work to stop; called from another thread
   */
  Interruption(Runnable stop) {
    try {
      take(stop);
    } catch (
        ReflectiveOperationException refused) { // a JVM without, or told to leave signals alone
      release();
      hook = hook(stop);
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /** The process's exit code: that of the command, unless a signal ended it. */
  static int exitCode(int ofCommand) {
    int signal = RECEIVED.get();
    return signal == 0 ? ofCommand : SIGNALLED + signal;
  }

  /** By name: the compiler warns of this class, which every JDK has, and nothing silences it. */
  private void take(Runnable stop) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object taking =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (method.getName().equals("handle")) {
                RECEIVED.set((int) signal.getMethod("getNumber").invoke(arguments[0]));
                stop.run();
              }
              return null;
            });
    for (String name : SIGNALS) {
      Object each = signal.getConstructor(String.class).newInstance(name);
      try {
        before.put(each, signal.getMethod("handle", signal, handler).invoke(null, each, taking));
      } catch (InvocationTargetException unknown) {
        if (name.equals(SIGNALS[0])) {
          throw unknown;
        } // Windows knows no HUP
      }
    }
  }

  private void release() {
    before.forEach(
        (signal, handler) -> {
          try {
            signal
                .getClass()
                .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal, handler);
          } catch (ReflectiveOperationException impossible) { // it was taken the same way
            throw new IllegalStateException(impossible);
          }
        });
    before.clear();
  }

  private Thread hook(Runnable stop) {
    return new Thread(
        () -> {
          stop.run();
          try {
            finished.await();
          } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
          }
        },
        "interruption");
  }

  @Override
  public void close() {
    release();
    finished.countDown();
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endingAlready) {
        // It is the hook that waited for us.
      }
    }
  }
}
