package dev.doppel.server;

import dev.doppel.error.OptionException;
import dev.doppel.model.Twin;
import dev.doppel.server.api.Calls;
import dev.doppel.server.embed.BatchingEncoder;
import dev.doppel.server.embed.PictureLimits;
import dev.doppel.server.embed.Pictures;
import dev.doppel.server.guard.Gate;
import dev.doppel.server.guard.KeyFile;
import dev.doppel.server.guard.Origins;
import dev.doppel.server.guard.RateLimit;
import dev.doppel.server.http.ConnectionThreads;
import dev.doppel.server.http.FrontHandler;
import dev.doppel.server.http.LastResort;
import dev.doppel.server.http.SlowConnections;
import dev.doppel.server.metrics.Metrics;
import dev.doppel.server.store.Galleries;
import dev.doppel.server.store.Shelf;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Recognition over HTTP: one model, many galleries, a page.
 *
 * <p>Runs from {@link #start} until it is closed. Thread-safe.
 */
public final class DoppelServer implements AutoCloseable {

  /** Threads beyond those that answer: to refuse, to read, to select. */
  private static final int SPARE_THREADS = 32;

  /** Threads that read from all connections. */
  private static final int SELECTORS = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);

  private static final int HEADERS = 8 << 10;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
  private static final int FAILURES_A_SECOND = 5;
  private static final int FAILURES = 20;

  private final Server server;
  private final ServerConnector connector;
  private final FrontHandler front;
  private final Shelf shelf;
  private final BatchingEncoder encoder;
  private final String url;
  private final int port;

  private DoppelServer(
      Server server,
      ServerConnector connector,
      FrontHandler front,
      Shelf shelf,
      BatchingEncoder encoder,
      String url) {
    this.server = server;
    this.connector = connector;
    this.front = front;
    this.shelf = shelf;
    this.encoder = encoder;
    this.url = url;
    this.port = connector.getLocalPort();
  }

  /**
   * Starts serving.
   *
   * @param twin its encoder allows as many calls at once as there are lanes
   * @param galleries become the server's to close
   * @throws OptionException if the options are unsafe or the port cannot be had
   */
  public static DoppelServer start(Twin twin, Galleries galleries, ServerOptions options) {
    Exposure exposure = Exposure.of(options);
    Metrics metrics = new Metrics();
    ConnectionThreads threads =
        new ConnectionThreads(options.http().concurrent() + SPARE_THREADS, SPARE_THREADS / 4);
    BatchingEncoder encoder =
        new BatchingEncoder(twin.encoder(), options.embed(), metrics, threads::answer);
    metrics.waiting(encoder::waiting);
    Pictures pictures =
        new Pictures(encoder, new PictureLimits(options.pixels(), options.http().images()));
    Shelf shelf = new Shelf(twin, galleries);
    Gate gate =
        new Gate(
            new Origins(exposure.hosts()),
            options.keys().map(KeyFile::watch),
            new RateLimit(options.rate(), 2 * options.rate(), System::nanoTime),
            new RateLimit(FAILURES_A_SECOND, FAILURES, System::nanoTime));
    FrontHandler front =
        new FrontHandler(
            Calls.routes(
                twin, shelf, pictures, metrics, options.keepOriginals(), options.version()),
            gate,
            threads,
            options.http(),
            metrics,
            options.accessLog());
    Server server = new Server(threads);
    server.setErrorHandler(new LastResort());
    server.setHandler(front);
    ServerConnector connector = connector(server, options);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(options.http().connections(), connector));
    connector.addBean(new SlowConnections(server, options.http().transfer()));
    try {
      listen(server, connector, options);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
    return new DoppelServer(
        server, connector, front, shelf, encoder, exposure.url(connector.getLocalPort()));
  }

  private static ServerConnector connector(Server server, ServerOptions options) {
    Listening at = options.listening();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADERS);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        at.tls().isPresent()
            ? new ServerConnector(
                server, 0, SELECTORS, Certificate.of(at.tls().get(), plain), plain)
            : new ServerConnector(server, 0, SELECTORS, plain);
    connector.setHost(at.host());
    connector.setPort(at.port());
    connector.setIdleTimeout(options.http().transfer().toMillis());
    return connector;
  }

  private static void listen(Server server, ServerConnector connector, ServerOptions options) {
    try {
      connector.open();
      server.start();
    } catch (IOException e) {
      boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
      throw new OptionException(
          "%s:%d cannot be listened at (%s)"
              .formatted(options.listening().host(), options.listening().port(), e.getMessage()),
          taken
              ? "The port must be free, and the address this machine's"
              : "An address of this machine and a free port are needed",
          "Choose another with --port, or --port 0 for any that is free",
          e);
    } catch (Exception e) { // as Jetty declares it
      throw new IllegalStateException("the server did not start", e);
    }
  }

  /** Where it is reached: {@code http://127.0.0.1:8080}. */
  public String url() {
    return url;
  }

  /** The port it listens at. */
  public int port() {
    return port;
  }

  /** Takes nothing more, finishes what it is at, then lets go of everything. */
  @Override
  public void close() {
    front.refuseAll();
    connector.close();
    long until = System.nanoTime() + LAST_ANSWERS.toNanos();
    try {
      while (front.busy() && System.nanoTime() < until) {
        Thread.sleep(5);
      }
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // as Jetty declares it
      throw new IllegalStateException("the server did not stop", e);
    } finally {
      encoder.close();
      shelf.close();
    }
  }
}
