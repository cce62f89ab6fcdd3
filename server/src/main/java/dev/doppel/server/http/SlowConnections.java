package dev.doppel.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose request takes too long, however busily it trickles: headers, body and
 * answer together. Those that lie idle between requests are Jetty's to close.
 */
public final class SlowConnections extends AbstractLifeCycle implements Connection.Listener {

  private final Scheduler scheduler;
  private final Duration most;
  private final Map<Connection, Watched> open = new ConcurrentHashMap<>();

  /** What was seen of a connection when it last got on. */
  private static final class Watched {
    private long messages;
    private long bytes;
    private long since = System.nanoTime();
  }

  /**
   * @param most time from a request's first byte to its answer's last
   */
  public SlowConnections(Server server, Duration most) {
    this.scheduler = server.getScheduler();
    this.most = most;
  }

  @Override
  protected void doStart() {
    again();
  }

  private void again() {
    scheduler.schedule(this::look, most.toMillis() / 8 + 1, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) { // HTTP, not the TLS beneath it
      open.put(connection, new Watched());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  private void look() {
    long now = System.nanoTime();
    open.forEach((connection, watched) -> look(connection, watched, now));
    if (isRunning()) {
      again();
    }
  }

  private void look(Connection connection, Watched watched, long now) {
    long messages = connection.getMessagesOut();
    long bytes = connection.getBytesIn();
    boolean idle = bytes == watched.bytes && connection.getMessagesIn() == messages;
    if (messages != watched.messages || idle) { // an answer went out, or nothing came in
      watched.messages = messages;
      watched.bytes = bytes;
      watched.since = now;
    } else if (now - watched.since > most.toNanos()) {
      connection.getEndPoint().close();
    }
  }
}
