package dev.doppel.server.metrics;

import dev.doppel.server.embed.EmbedWatch;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntSupplier;

/**
 * Counts what the server does. Names no gallery, no label and no key: what is counted is not
 * personal. Thread-safe.
 */
public final class Metrics implements EmbedWatch {

  /** The content type of {@link #text}. */
  public static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double[] SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10
  };
  private static final double[] IMAGES = {1, 2, 4, 8, 16, 32, 64};
  private static final double NANO = 1e-9;

  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Counter requests =
      Counter.builder()
          .name("doppel_requests_total")
          .help("Requests answered, by route and status.")
          .labelNames("route", "status")
          .register(registry);

  private final Histogram seconds =
      Histogram.builder()
          .name("doppel_request_seconds")
          .help("Time from a request's head to its answer, by route.")
          .labelNames("route")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);

  private final Histogram batches =
      Histogram.builder()
          .name("doppel_batch_images")
          .help("Images embedded together.")
          .classicOnly()
          .classicUpperBounds(IMAGES)
          .register(registry);

  private final Counter refused =
      Counter.builder()
          .name("doppel_refused_images_total")
          .help("Requests refused because too many images waited.")
          .register(registry);

  /** Counts from zero, with the JVM's own figures beside. */
  public Metrics() {
    JvmMetrics.builder().register(registry);
  }

  /** Shows how many images wait for the encoder. */
  public void waiting(IntSupplier images) {
    GaugeWithCallback.builder()
        .name("doppel_waiting_images")
        .help("Images that wait for the encoder.")
        .callback(callback -> callback.call(images.getAsInt()))
        .register(registry);
  }

  /**
   * Counts an answer.
   *
   * @param route its pattern
   * @param nanoseconds it took
   */
  public void request(String route, int status, long nanoseconds) {
    requests.labelValues(route, Integer.toString(status)).inc();
    seconds.labelValues(route).observe(nanoseconds * NANO);
  }

  @Override
  public void batch(int images) {
    batches.observe(images);
  }

  @Override
  public void refused() {
    refused.inc();
  }

  /** All figures as Prometheus reads them. */
  public byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is none in memory
    }
    return out.toByteArray();
  }
}
