package dev.doppel.server;

import dev.doppel.error.OptionException;
import dev.doppel.error.ServerException;
import dev.doppel.model.Twin;
import dev.doppel.server.api.Calls;
import dev.doppel.server.embed.BatchingEncoder;
import dev.doppel.server.embed.PictureLimits;
import dev.doppel.server.embed.Pictures;
import dev.doppel.server.guard.Gate;
import dev.doppel.server.guard.KeyFile;
import dev.doppel.server.guard.Keyring;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
   * @throws OptionException if the options are unsafe
   * @throws ServerException if the port cannot be had, or the certificate not be used
   */
  public static DoppelServer start(Twin twin, Galleries galleries, ServerOptions options) {
    return start(twin, () -> galleries, options);
  }

  /**
   * The same, where nothing is done to galleries before all else is known to be well.
   *
   * @param galleries gives those to serve, once the port is had
   */
  public static DoppelServer start(
      Twin twin, Supplier<? extends Galleries> galleries, ServerOptions options) {
    Exposure exposure = Exposure.of(options);
    Optional<Keyring> keys = options.keys().map(KeyFile::watch);
    ConnectionThreads threads =
        new ConnectionThreads(options.http().concurrent() + SPARE_THREADS, SPARE_THREADS / 4);
    Server server = new Server(threads);
    server.setErrorHandler(new LastResort());
    ServerConnector connector = connector(server, options, exposure);
    listen(connector, options.listening());
    boolean started = false;
    Shelf shelf = null;
    BatchingEncoder encoder = null;
    try {
      shelf = new Shelf(twin, galleries.get());
      shelf.openAll();
      String url = exposure.url(connector.getLocalPort());
      Metrics metrics = new Metrics();
      encoder = new BatchingEncoder(twin.encoder(), options.embed(), metrics, threads::answer);
      metrics.waiting(encoder::waiting);
      Pictures pictures =
          new Pictures(encoder, new PictureLimits(options.pixels(), options.http().images()));
      Gate gate =
          new Gate(
              new Origins(exposure.hosts(), url),
              keys,
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
      server.setHandler(front);
      server.start();
      started = true;
      return new DoppelServer(server, connector, front, shelf, encoder, url);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // as Jetty declares it
      throw new IllegalStateException("the server did not start", e);
    } finally {
      if (!started) {
        connector.close();
        if (encoder != null) {
          encoder.close();
        }
        if (shelf != null) {
          shelf.close();
        }
      }
    }
  }

  private static ServerConnector connector(
      Server server, ServerOptions options, Exposure exposure) {
    Listening at = options.listening();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADERS);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    if (at.tls().isPresent()) {
      Certificate certificate = Certificate.read(at.tls().get(), exposure.own());
      certificate.warn(at.names(), exposure.own());
      connector = new ServerConnector(server, 0, SELECTORS, certificate.factory(plain), plain);
    } else {
      connector = new ServerConnector(server, 0, SELECTORS, plain);
    }
    connector.setHost(at.host());
    connector.setPort(at.port());
    connector.setIdleTimeout(options.http().transfer().toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(options.http().connections(), connector));
    connector.addBean(new SlowConnections(server, options.http().transfer()));
    return connector;
  }

  private static void listen(ServerConnector connector, Listening at) {
    try {
      connector.open();
    } catch (IOException e) {
      String said = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
      throw new ServerException(
          "%s:%d cannot be listened at: %s".formatted(at.host(), at.port(), refused(said)),
          "The address must be this machine's, and the port free",
          "Choose another with --port, or --port 0 for any that is free",
          e);
    }
  }

  /** The system's words for why a port cannot be had, made plain where they are known. */
  private static String refused(String said) {
    if (said.contains("already in use")) {
      return "another program does";
    } else if (said.contains("assign requested address")) {
      return "it is no address of this machine";
    } else if (said.contains("ermission denied")) {
      return "this port needs rights that this user lacks";
    }
    return said;
  }

  /** The galleries that are served, in order. */
  public List<String> galleries() {
    return shelf.names().stream().filter(name -> !problems().containsKey(name)).toList();
  }

  /** The galleries that cannot be served, each with the reason. */
  public Map<String, String> problems() {
    return shelf.problems();
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
