package dev.doppel.server.api;

import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.LabelCount;
import dev.doppel.server.error.Refusal;
import dev.doppel.server.guard.Scope;
import dev.doppel.server.http.Exchange;
import dev.doppel.server.http.JsonBody.Kind;
import dev.doppel.server.http.Reply;
import dev.doppel.server.http.Route;
import dev.doppel.server.store.Shelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labels of a gallery: list, rename, merge, forget. */
final class LabelCalls {

  private static final int MOST = 1000;
  private static final int USUAL = 100;
  private static final String LABELS = "/v1/galleries/{gallery}/labels";

  private final Shelf shelf;

  LabelCalls(Shelf shelf) {
    this.shelf = shelf;
  }

  List<Route> routes() {
    return List.of(
        Route.scoped(Scope.READ, "GET", LABELS, this::list).withQuery("meta.*", "after", "limit"),
        Route.scoped(Scope.WRITE, "PATCH", LABELS, this::change)
            .withQuery("label")
            .withFields(Map.of("name", Kind.TEXT, "mergeInto", Kind.TEXT)),
        Route.scoped(Scope.WRITE, "DELETE", LABELS, this::forget).withQuery("label"));
  }

  private Reply list(Exchange exchange) {
    int limit = (int) exchange.query().whole("limit", USUAL, 1, MOST);
    String after = exchange.query().text("after").orElse("");
    Filter filter = new Filter(exchange.query().texts("meta"));
    List<LabelCount> labels =
        shelf.with(
            exchange.gallery(), recognizer -> recognizer.gallery().labels(filter, after, limit));
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("labels");
          for (LabelCount each : labels) {
            json.writeStartObject();
            json.writeStringField("label", each.label());
            json.writeNumberField("items", each.items());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeFieldName("next");
          json.writeString(labels.size() < limit ? null : labels.get(labels.size() - 1).label());
          json.writeEndObject();
        });
  }

  private Reply change(Exchange exchange) {
    String label = exchange.query().required("label");
    Optional<String> name = exchange.json().flatMap(json -> json.text("name"));
    Optional<String> into = exchange.json().flatMap(json -> json.text("mergeInto"));
    if (name.isPresent() == into.isPresent()) {
      throw Refusal.malformed(
          name.isPresent() ? "Both name and mergeInto" : "Neither name nor mergeInto",
          "name renames a label, mergeInto moves its items to another",
          "Send one of them");
    }
    String to = name.isPresent() ? name.get() : into.orElseThrow();
    int items =
        shelf.with(
            exchange.gallery(),
            recognizer -> {
              Gallery gallery = recognizer.gallery();
              require(gallery, label);
              if (name.isPresent()) {
                Enrolment.checkLabel(to);
                if (has(gallery, to)) {
                  throw new Refusal(
                      409,
                      "label_exists",
                      "A name that another label has",
                      "A new name is one that no label has",
                      "Choose another, or send mergeInto");
                }
                return gallery.rename(label, to);
              }
              require(gallery, to);
              if (label.equals(to)) {
                throw Refusal.malformed(
                    "A label merged into itself", "Two labels can be merged", "Name another");
              }
              gallery.merge(label, to);
              return gallery.items(Optional.of(to), Filter.none(), 0, Integer.MAX_VALUE).size();
            });
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeStringField("label", to);
          json.writeNumberField("items", items);
          json.writeEndObject();
        });
  }

  private Reply forget(Exchange exchange) {
    String label = exchange.query().required("label");
    int forgotten =
        shelf.with(exchange.gallery(), recognizer -> recognizer.gallery().forget(label));
    if (forgotten == 0) {
      throw unknown();
    }
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeNumberField("forgotten", forgotten);
          json.writeEndObject();
        });
  }

  static boolean has(Gallery gallery, String label) {
    return !gallery.items(Optional.of(label), Filter.none(), 0, 1).isEmpty();
  }

  static void require(Gallery gallery, String label) {
    if (!has(gallery, label)) {
      throw unknown();
    }
  }

  private static Refusal unknown() {
    return Refusal.missing("unknown_label", "There is no such label", "List those there are");
  }
}
