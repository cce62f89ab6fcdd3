package dev.doppel.server.api;

import dev.doppel.model.Twin;
import dev.doppel.server.guard.Scope;
import dev.doppel.server.http.Exchange;
import dev.doppel.server.http.Reply;
import dev.doppel.server.http.Route;
import dev.doppel.server.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What the server says of itself: health, figures, description, model. */
final class ServerCalls {

  private final Twin twin;
  private final Metrics metrics;
  private final String version;
  private final byte[] description;

  ServerCalls(Twin twin, Metrics metrics, String version) {
    this.twin = twin;
    this.metrics = metrics;
    this.version = version;
    try (InputStream in = ServerCalls.class.getResourceAsStream("openapi.json")) {
      this.description = Objects.requireNonNull(in, "openapi.json").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.open("GET", "/healthz", this::health).asUrgent(),
        Route.scoped(Scope.READ, "GET", "/metrics", this::figures).asUrgent(),
        Route.open("GET", "/openapi.json", this::describe),
        Route.scoped(Scope.READ, "GET", "/v1/model", this::model));
  }

  private Reply health(Exchange exchange) {
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "ok");
          json.writeStringField("version", version);
          json.writeEndObject();
        });
  }

  private Reply figures(Exchange exchange) {
    return Reply.content(Metrics.TYPE, metrics.text(), Reply.Kind.DATA);
  }

  private Reply describe(Exchange exchange) {
    return Reply.content("application/json", description, Reply.Kind.DATA);
  }

  private Reply model(Exchange exchange) {
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", twin.name());
          json.writeStringField("fingerprint", twin.fingerprint());
          json.writeNumberField("dim", twin.encoder().dim());
          json.writeStringField("head", twin.head().name());
          json.writeNumberField("width", twin.encoder().preprocess().width());
          json.writeNumberField("height", twin.encoder().preprocess().height());
          json.writeNumberField("channels", twin.encoder().preprocess().channels());
          Shown.number(json, "threshold", twin.calibration().threshold());
          json.writeBooleanField("synthetic", twin.provenance().synthetic());
          json.writeEndObject();
        });
  }
}
