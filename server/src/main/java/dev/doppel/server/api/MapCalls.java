package dev.doppel.server.api;

import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Item;
import dev.doppel.server.guard.Scope;
import dev.doppel.server.http.Exchange;
import dev.doppel.server.http.Reply;
import dev.doppel.server.http.Route;
import dev.doppel.server.store.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The map of a gallery: its items on a plane, alike ones close to each other. */
final class MapCalls {

  private static final int MOST = 2000;
  private static final int USUAL = 500;

  private final Shelf shelf;

  MapCalls(Shelf shelf) {
    this.shelf = shelf;
  }

  List<Route> routes() {
    return List.of(
        Route.scoped(Scope.READ, "GET", "/v1/galleries/{gallery}/map", this::map)
            .withQuery("limit"));
  }

  private Reply map(Exchange exchange) {
    int limit = (int) exchange.query().whole("limit", USUAL, 1, MOST);
    List<Item> items = new ArrayList<>();
    List<float[]> rows =
        shelf.with(
            exchange.gallery(),
            recognizer -> {
              items.addAll(recognizer.gallery().items(Optional.empty(), Filter.none(), 0, limit));
              return recognizer.gallery().embeddings(items.stream().map(Item::id).toList());
            });
    Plane plane = Plane.of(rows);
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("points");
          for (int i = 0; i < items.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("id", items.get(i).id());
            json.writeStringField("label", items.get(i).label());
            Shown.number(json, "x", plane.x(i));
            Shown.number(json, "y", plane.y(i));
            json.writeEndObject();
          }
          json.writeEndArray();
          Shown.number(json, "explained", plane.explained());
          json.writeEndObject();
        });
  }
}
