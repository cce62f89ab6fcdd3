package dev.doppel.server.api;

import dev.doppel.gallery.GalleryStats;
import dev.doppel.server.error.Refusal;
import dev.doppel.server.guard.Scope;
import dev.doppel.server.http.Exchange;
import dev.doppel.server.http.JsonBody.Kind;
import dev.doppel.server.http.Reply;
import dev.doppel.server.http.Route;
import dev.doppel.server.store.Shelf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Galleries: list, create, look at, delete. */
final class GalleryCalls {

  private final Shelf shelf;

  GalleryCalls(Shelf shelf) {
    this.shelf = shelf;
  }

  List<Route> routes() {
    return List.of(
        Route.scoped(Scope.READ, "GET", "/v1/galleries", this::list),
        Route.scoped(Scope.ADMIN, "POST", "/v1/galleries", this::create)
            .withFields(Map.of("name", Kind.TEXT)),
        Route.scoped(Scope.READ, "GET", "/v1/galleries/{gallery}", this::one),
        Route.scoped(Scope.ADMIN, "DELETE", "/v1/galleries/{gallery}", this::delete)
            .withQuery("confirm"));
  }

  private Reply list(Exchange exchange) {
    Map<String, GalleryStats> stats = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (String name : shelf.names()) {
      if (exchange.caller().mayUse(name)) {
        try {
          stats.put(name, stats(name));
        } catch (Refusal unusable) { // tell of it all the same
          stats.put(name, new GalleryStats(0, 0, 0, 0, 0, "none"));
          problems.put(name, unusable.given());
        }
      }
    }
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("galleries");
          for (Map.Entry<String, GalleryStats> each : stats.entrySet()) {
            Shown.gallery(json, each.getKey(), each.getValue(), problems.get(each.getKey()));
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private GalleryStats stats(String name) {
    return shelf.with(name, recognizer -> recognizer.gallery().stats());
  }

  private Reply create(Exchange exchange) {
    String name = exchange.asked().required("name");
    if (!exchange.caller().mayUse(name)) {
      throw new Refusal(
          403,
          "forbidden",
          "A key that is not for this gallery",
          "Keys may be bound to galleries",
          "Use another key");
    }
    shelf.create(name);
    GalleryStats stats = stats(name);
    return Reply.json(201, json -> Shown.gallery(json, name, stats, null));
  }

  private Reply one(Exchange exchange) {
    String name = exchange.gallery();
    GalleryStats stats = stats(name);
    return Reply.json(json -> Shown.gallery(json, name, stats, null));
  }

  private Reply delete(Exchange exchange) {
    String name = exchange.gallery();
    if (!exchange.query().text("confirm").equals(Optional.of(name))) {
      throw Refusal.malformed(
          "No confirmation", "A gallery is deleted for good", "Add ?confirm= and its name");
    }
    shelf.delete(name);
    return Reply.nothing();
  }
}
