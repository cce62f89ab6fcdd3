package dev.doppel.server.api;

import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.Item;
import dev.doppel.server.embed.Pictures;
import dev.doppel.server.error.Refusal;
import dev.doppel.server.guard.Scope;
import dev.doppel.server.http.Exchange;
import dev.doppel.server.http.JsonBody.Kind;
import dev.doppel.server.http.Reply;
import dev.doppel.server.http.Route;
import dev.doppel.server.store.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Items of a gallery: enrol, list, look at, forget. */
final class ItemCalls {

  private static final int MOST = 1000;
  private static final int USUAL = 100;
  private static final String ITEMS = "/v1/galleries/{gallery}/items";
  private static final String ITEM = ITEMS + "/{id}";

  private final Shelf shelf;
  private final Pictures pictures;
  private final boolean keepOriginals;

  /**
   * @param keepOriginals whether the picture files themselves are kept
   */
  ItemCalls(Shelf shelf, Pictures pictures, boolean keepOriginals) {
    this.shelf = shelf;
    this.pictures = pictures;
    this.keepOriginals = keepOriginals;
  }

  List<Route> routes() {
    return List.of(
        Route.scoped(Scope.WRITE, "POST", ITEMS, this::enrol)
            .withQuery("label", "meta.*")
            .withFields(Map.of("label", Kind.TEXT, "images", Kind.IMAGES, "metadata", Kind.TEXTS))
            .withPicture(),
        Route.scoped(Scope.READ, "GET", ITEMS, this::list)
            .withQuery("label", "meta.*", "after", "limit"),
        Route.scoped(Scope.READ, "GET", ITEM, this::one),
        Route.scoped(Scope.READ, "GET", ITEM + "/image", this::image),
        Route.scoped(Scope.WRITE, "DELETE", ITEM, this::forget));
  }

  private Reply enrol(Exchange exchange) {
    String gallery = exchange.gallery();
    String label = exchange.asked().required("label");
    Map<String, String> metadata = exchange.asked().texts("metadata");
    List<byte[]> files = Posted.pictures(exchange, "images");
    if (files.isEmpty()) {
      throw Refusal.malformed("No images", "At least one is enrolled", "Add one");
    }
    shelf.with(gallery, recognizer -> recognizer.gallery().name()); // before the work: is it there?
    Enrolment.of(label, new float[0], metadata, Optional.empty()); // and can these be kept?
    List<float[]> rows = pictures.embed(files, exchange.deadline());
    List<Enrolment> enrolments = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      enrolments.add(
          Enrolment.of(
              label,
              rows.get(i),
              metadata,
              Optional.of(files.get(i)).filter(file -> keepOriginals)));
    }
    List<Item> items =
        shelf.with(
            gallery,
            recognizer -> {
              List<Long> ids = recognizer.gallery().enrol(enrolments);
              return ids.stream().flatMap(id -> recognizer.gallery().item(id).stream()).toList();
            });
    return Reply.json(
        201,
        json -> {
          json.writeStartObject();
          Shown.items(json, items);
          json.writeEndObject();
        });
  }

  private Reply list(Exchange exchange) {
    int limit = (int) exchange.query().whole("limit", USUAL, 1, MOST);
    long after = exchange.query().whole("after", 0, 0, Long.MAX_VALUE);
    Filter filter = new Filter(exchange.query().texts("meta"));
    Optional<String> label = exchange.query().text("label");
    List<Item> items =
        shelf.with(
            exchange.gallery(),
            recognizer -> recognizer.gallery().items(label, filter, after, limit));
    return Reply.json(
        json -> {
          json.writeStartObject();
          Shown.items(json, items);
          json.writeFieldName("next");
          if (items.size() < limit) {
            json.writeNull();
          } else {
            json.writeNumber(items.get(items.size() - 1).id());
          }
          json.writeEndObject();
        });
  }

  private Reply one(Exchange exchange) {
    long id = exchange.number("id");
    Item item = shelf.with(exchange.gallery(), recognizer -> known(recognizer.gallery(), id));
    return Reply.json(json -> Shown.item(json, item));
  }

  private Reply image(Exchange exchange) {
    long id = exchange.number("id");
    byte[] file =
        shelf.with(
            exchange.gallery(),
            recognizer -> {
              known(recognizer.gallery(), id);
              return recognizer
                  .gallery()
                  .original(id)
                  .orElseThrow(
                      () ->
                          Refusal.missing(
                              "no_image", "Item " + id + " has no picture", "None was kept"));
            });
    return Reply.content(Posted.type(file), file, Reply.Kind.PICTURE)
        .with("Content-Disposition", "inline");
  }

  private Reply forget(Exchange exchange) {
    long id = exchange.number("id");
    int forgotten =
        shelf.with(exchange.gallery(), recognizer -> recognizer.gallery().forget(List.of(id)));
    if (forgotten == 0) {
      throw unknown(id);
    }
    return Reply.nothing();
  }

  private static Item known(Gallery gallery, long id) {
    return gallery.item(id).orElseThrow(() -> unknown(id));
  }

  private static Refusal unknown(long id) {
    return Refusal.missing("unknown_item", "There is no item " + id, "List those there are");
  }
}
