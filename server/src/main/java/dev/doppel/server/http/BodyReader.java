package dev.doppel.server.http;

import dev.doppel.server.error.Refusal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as it arrives, holding no thread while it does not.
 *
 * <p>Memory grows with what has arrived, never with what was announced, and all bodies together
 * stay within a budget. One for each request; Jetty calls it from one thread at a time.
 */
final class BodyReader implements Runnable {

  private static final int FIRST = 16 << 10;

  /** Bytes that all bodies may hold, and do. */
  static final class Budget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    Budget(long most) {
      this.most = most;
    }

    private void take(long bytes) {
      if (held.addAndGet(bytes) > most) {
        held.addAndGet(-bytes);
        throw Refusal.overloaded("Too many large requests at once");
      }
    }

    private void release(long bytes) {
      held.addAndGet(-bytes);
    }
  }

  private final Request request;
  private final int limit;
  private final Budget budget;
  private final Consumer<byte[]> whole;
  private final Consumer<RuntimeException> failed;
  private byte[] bytes = new byte[0];
  private int length;
  private long held;

  /**
   * @param limit most bytes
   * @param whole gets the body, once
   * @param failed gets the reason instead: a {@link Refusal}, or whatever broke the connection
   */
  BodyReader(
      Request request,
      int limit,
      Budget budget,
      Consumer<byte[]> whole,
      Consumer<RuntimeException> failed) {
    this.request = request;
    this.limit = limit;
    this.budget = budget;
    this.whole = whole;
    this.failed = failed;
  }

  /** Reads what is there, and comes back for more. */
  @Override
  public void run() {
    @Nullable RuntimeException failure = null;
    try {
      if (!all()) {
        request.demand(this);
        return;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    try {
      if (failure != null) {
        bytes = new byte[0];
        failed.accept(failure);
      } else {
        whole.accept(bytes.length == length ? bytes : Arrays.copyOf(bytes, length));
      }
    } finally {
      budget.release(held);
    }
  }

  /** Whether the end was reached. */
  private boolean all() {
    if (length == 0 && request.getLength() > limit) {
      throw tooLarge();
    }
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return false;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw new Refusal(
            400,
            "broken_body",
            "A body that is not whole",
            "All of it must arrive, in the form that was announced",
            "Send it again");
      }
      try {
        append(chunk.getByteBuffer());
      } finally {
        chunk.release();
      }
      if (chunk.isLast()) {
        return true;
      }
    }
  }

  private void append(ByteBuffer part) {
    int more = part.remaining();
    if ((long) length + more > limit) {
      throw tooLarge();
    }
    if (length + more > bytes.length) {
      long announced = length == 0 && request.getLength() <= FIRST ? request.getLength() : FIRST;
      int size = (int) Math.max(Math.max(announced, length + more), Math.min(limit, 2L * length));
      budget.take(size - bytes.length);
      held += size - bytes.length;
      bytes = Arrays.copyOf(bytes, size);
    }
    part.get(bytes, length, more);
    length += more;
  }

  private Refusal tooLarge() {
    return new Refusal(
        413,
        "too_large",
        "A body of more than " + limit + " bytes",
        limit + " are allowed here",
        "Send smaller pictures, or fewer");
  }
}
