package dev.doppel.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.model.Twin;
import dev.doppel.server.Site;
import dev.doppel.server.Site.Got;
import dev.doppel.server.ToyTwin;
import dev.doppel.server.embed.BatchingEncoder;
import dev.doppel.server.embed.EmbedLimits;
import dev.doppel.server.embed.EmbedWatch;
import dev.doppel.server.embed.PictureLimits;
import dev.doppel.server.embed.Pictures;
import dev.doppel.server.http.Route;
import dev.doppel.server.metrics.Metrics;
import dev.doppel.server.store.MemoryGalleries;
import dev.doppel.server.store.Shelf;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The description says what the server does, all of it and no more. */
class OpenApiTest {

  private final Site site = new Site();
  private final JsonNode document = site.get("/openapi.json").json();
  private final Schema schema = new Schema(document);

  @AfterEach
  void stop() {
    site.close();
  }

  private static List<Route> routes() {
    Twin twin = ToyTwin.make();
    Shelf shelf = new Shelf(twin, new MemoryGalleries(ModelStamp.of(twin)));
    try (BatchingEncoder encoder =
        new BatchingEncoder(
            twin.encoder(),
            new EmbedLimits(1, 1, 1, Duration.ofSeconds(1)),
            EmbedWatch.none(),
            Runnable::run)) {
      Pictures pictures = new Pictures(encoder, new PictureLimits(1, 1));
      return Calls.routes(twin, shelf, pictures, new Metrics(), true, "").all();
    }
  }

  private static Set<String> names(Iterable<JsonNode> nodes, String place) {
    Set<String> names = new TreeSet<>();
    for (JsonNode node : nodes) {
      if (node.get("in").asText().equals(place)) {
        names.add(node.get("name").asText());
      }
    }
    return names;
  }

  @Test
  void everyRouteIsDescribedAndNothingElse() {
    Map<String, JsonNode> described = new TreeMap<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        call ->
                            described.put(
                                call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                call.getValue())));
    Map<String, Route> known = new TreeMap<>();
    routes().forEach(route -> known.put(route.method() + " " + route.path(), route));

    assertThat(described.keySet()).isEqualTo(known.keySet());
    known.forEach(
        (name, route) -> {
          JsonNode call = Objects.requireNonNull(described.get(name));
          JsonNode content = call.at("/requestBody/content");
          JsonNode json = content.at("/application~1json/schema");
          if (json.has("$ref")) {
            json = document.at(json.get("$ref").asText().substring(1));
          }
          Set<String> fields = new TreeSet<>();
          json.path("properties").fieldNames().forEachRemaining(fields::add);
          assertThat(names(call.path("parameters"), "query"))
              .as(name)
              .isEqualTo(new TreeSet<>(route.query()));
          assertThat(fields).as(name).isEqualTo(new TreeSet<>(route.fields().keySet()));
          assertThat(content.has("image/png")).as(name).isEqualTo(route.picture());
          assertThat(call.at("/security/0/key/0").asText())
              .as(name)
              .isEqualTo(route.scope().map(scope -> scope.text()).orElse(""));
        });
  }

  @Test
  void everyExampleFitsItsSchema() {
    int[] checked = {0};
    examples(document, checked);
    assertThat(checked[0]).isGreaterThan(20);
  }

  private void examples(JsonNode node, int[] checked) {
    if (node.has("schema") && node.has("example")) {
      checked[0]++;
      assertThat(schema.check(node.get("schema"), node.get("example")))
          .as("%s", node.get("example"))
          .isEmpty();
    }
    node.forEach(child -> examples(child, checked));
  }

  private void assertFits(String path, String method, Got got) {
    JsonNode call = document.get("paths").get(path).get(method);
    JsonNode response = call.get("responses").path(Integer.toString(got.status()));
    assertThat(response.isMissingNode()).as("%s %s: %d", method, path, got.status()).isFalse();
    if (response.has("$ref")) {
      response = document.at(response.get("$ref").asText().substring(1));
    }
    assertThat(schema.check(response.at("/content/application~1json/schema"), got.json()))
        .as("%s %s: %s", method, path, got.json())
        .isEmpty();
  }

  @Test
  void realAnswersFitTheirSchemas() {
    String gallery = "/v1/galleries/{gallery}";
    String main = "/v1/galleries/main";
    String picture = Site.base64(ToyTwin.png(1));
    assertFits(gallery + "/identify", "post", site.picture(main + "/identify", ToyTwin.png(1)));
    assertFits(
        gallery + "/items", "post", site.picture(main + "/items?label=a&meta.b=c", ToyTwin.png(1)));
    assertFits(
        gallery + "/items",
        "post",
        site.post(main + "/items", Map.of("label", "b", "images", List.of(picture))));
    assertFits(gallery + "/items", "post", site.picture(main + "/items?label=a", new byte[1]));
    assertFits(gallery + "/identify", "post", site.picture(main + "/identify", ToyTwin.png(1)));
    assertFits(
        gallery + "/identify",
        "post",
        site.post(main + "/identify", Map.of("images", List.of(picture))));
    assertFits(gallery + "/verify", "post", site.picture(main + "/verify?label=a", ToyTwin.png(1)));
    assertFits(
        "/v1/verify", "post", site.post("/v1/verify", Map.of("first", picture, "second", picture)));
    assertFits(gallery + "/items", "get", site.get(main + "/items?limit=1"));
    assertFits(gallery + "/items/{id}", "get", site.get(main + "/items/1"));
    assertFits(gallery + "/items/{id}", "get", site.get(main + "/items/99"));
    assertFits(gallery + "/labels", "get", site.get(main + "/labels?limit=1"));
    assertFits(
        gallery + "/labels",
        "patch",
        site.json("PATCH", main + "/labels?label=a", "{\"name\":\"c\"}"));
    assertFits(gallery + "/map", "get", site.get(main + "/map"));
    assertFits(gallery + "/labels", "delete", site.delete(main + "/labels?label=c"));
    assertFits("/v1/galleries", "get", site.get("/v1/galleries"));
    assertFits("/v1/galleries", "post", site.post("/v1/galleries", Map.of("name", "other")));
    assertFits("/v1/galleries", "post", site.post("/v1/galleries", Map.of("name", "OTHER")));
    assertFits(gallery, "get", site.get(main));
    assertFits(gallery, "get", site.get("/v1/galleries/none"));
    assertFits("/v1/model", "get", site.get("/v1/model"));
    assertFits("/healthz", "get", site.get("/healthz"));
  }
}
