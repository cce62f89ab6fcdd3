package dev.doppel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.server.Site.Got;
import java.awt.image.BufferedImage;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be called, over real connections. */
class DoppelServerTest {

  private final Site site = new Site();

  @AfterEach
  void stop() {
    site.close();
  }

  private long enrol(String label, int kind) {
    Got got = site.picture("/v1/galleries/main/items?label=" + label, ToyTwin.png(kind));
    assertThat(got.status()).isEqualTo(201);
    return got.json().at("/items/0/id").asLong();
  }

  @Test
  void whatWasEnrolledIsIdentified() {
    enrol("one", 1);
    long two = enrol("two", 2);

    JsonNode answer = site.picture("/v1/galleries/main/identify?top=1", ToyTwin.png(2)).json();

    assertThat(answer.get("decision").asText()).isEqualTo("known");
    assertThat(answer.get("label").asText()).isEqualTo("two");
    assertThat(answer.get("score").asDouble()).isCloseTo(1, within(1e-6));
    assertThat(answer.get("labels").asInt()).isEqualTo(2);
    assertThat(answer.get("ranked")).hasSize(1);
    assertThat(answer.at("/ranked/0/nearest").asLong()).isEqualTo(two);
  }

  @Test
  void aLargePictureIsIdentifiedLikeASmallOne() {
    enrol("one", 1);
    BufferedImage large = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    byte[] file = ToyTwin.file(large, "png");

    JsonNode raw = site.picture("/v1/galleries/main/identify", file).json();
    JsonNode json =
        site.post("/v1/galleries/main/identify", Map.of("image", Site.base64(file))).json();
    assertThat(raw.get("score")).isEqualTo(json.get("score"));
    assertThat(site.picture("/v1/galleries/main/identify", ToyTwin.png(1)).json().get("score"))
        .isEqualTo(
            site.post("/v1/galleries/main/identify", Map.of("image", Site.base64(ToyTwin.png(1))))
                .json()
                .get("score"));
  }

  @Test
  void picturesComeInJsonToo() {
    Got enrolled =
        site.post(
            "/v1/galleries/main/items",
            Map.of(
                "label",
                "\u0915 \uD83D\uDE00",
                "images",
                List.of(Site.base64(ToyTwin.png(1)), Site.base64(ToyTwin.png(4))),
                "metadata",
                Map.of("who", "me")));
    assertThat(enrolled.status()).isEqualTo(201);
    assertThat(enrolled.json().get("items")).hasSize(2);
    assertThat(enrolled.json().at("/items/0/metadata/who").asText()).isEqualTo("me");

    Got answers =
        site.post(
            "/v1/galleries/main/identify",
            Map.of(
                "images",
                List.of(Site.base64(ToyTwin.png(1)), Site.base64(ToyTwin.png(9))),
                "top",
                3,
                "falseAccepts",
                0.05,
                "filter",
                Map.of("who", "me")));
    assertThat(answers.json().get("answers")).hasSize(2);
    assertThat(answers.json().at("/answers/0/label").asText()).isEqualTo("\u0915 \uD83D\uDE00");

    Got one =
        site.post("/v1/galleries/main/identify", Map.of("image", Site.base64(ToyTwin.png(1))));
    assertThat(one.json().get("ranked")).hasSize(1);
    Got none =
        site.post(
            "/v1/galleries/main/identify",
            Map.of("image", Site.base64(ToyTwin.png(1)), "filter", Map.of("who", "you")));
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.code()).isEqualTo("nothing_passes");
    assertThat(none.json().at("/error/given").asText())
        .isEqualTo("No item in main has the metadata who=you");
    assertThat(none.json().at("/error/next").asText()).contains("leave it out");
  }

  @Test
  void aBodyThatIsNotWhatItShouldBeIsCalledWhatItIs() {
    String path = "/v1/galleries/main/identify";
    for (String image : List.of("!!!", "data:image/png;base64,AAAA", "AAA A")) {
      Got got = site.post(path, Map.of("image", image));
      assertThat(got.status()).isEqualTo(400);
      assertThat(got.json().at("/error/given").asText()).isEqualTo("image is no base64");
    }
    assertThat(site.json("POST", path, "{\"image\":\"AAAA").json().at("/error/given").asText())
        .isEqualTo("A body that is no JSON: it ends too early");
    assertThat(site.json("POST", path, "{\"image\": secret}").json().at("/error/given").asText())
        .startsWith("A body that is no JSON at line 1, column 1")
        .doesNotContain("secret");
    byte[] good = "{\"filter\":{\"a\":\"xx\"}}".getBytes(UTF_8);
    for (int[] wrong :
        new int[][] {{0xFF, 'x'}, {0xC3, 'x'}, {0xC1, 0x81}, {0xC0, 0x80}, {'x', 0xE2}}) {
      byte[] body = good.clone();
      body[16] = (byte) wrong[0];
      body[17] = (byte) wrong[1];
      Got got =
          site.send(
              site.to(path)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
      assertThat(got.status()).isEqualTo(400);
      assertThat(got.json().at("/error/given").asText()).startsWith("A body that is no UTF-8");
    }
    assertThat(site.json("POST", path, "{\"filter\":{\"a\":\"\u00fc\uD83D\uDE00\"}}").code())
        .isEqualTo("malformed");
  }

  @Test
  void aPictureBeyondAllBoundsIsToldTheBoundThatHolds() {
    byte[] file = ToyTwin.png(1);
    file[18] = (byte) (60_000 >> 8);
    file[19] = (byte) 60_000;
    file[22] = (byte) (60_000 >> 8);
    file[23] = (byte) 60_000;
    CRC32 crc = new CRC32();
    crc.update(file, 12, 17);
    for (int i = 0; i < 4; i++) {
      file[29 + i] = (byte) (crc.getValue() >> (24 - 8 * i));
    }
    Got got = site.picture("/v1/galleries/main/identify", file);
    assertThat(got.code()).isEqualTo("image_too_large");
    assertThat(got.json().at("/error/allowed").asText()).isEqualTo("16000000 are allowed");
  }

  @Test
  void anEmptyGalleryAnAnUnknownOneAreTold() {
    assertThat(site.picture("/v1/galleries/main/identify", ToyTwin.png(1)).code())
        .isEqualTo("empty_gallery");
    assertThat(site.picture("/v1/galleries/other/identify", ToyTwin.png(1)).code())
        .isEqualTo("unknown_gallery");
  }

  @Test
  void aPictureIsVerifiedAgainstALabelAndAgainstAnother() {
    enrol("one", 1);

    JsonNode verdict = site.picture("/v1/galleries/main/verify?label=one", ToyTwin.png(1)).json();
    assertThat(verdict.get("same").asBoolean()).isTrue();
    Got unknown = site.picture("/v1/galleries/main/verify?label=two", ToyTwin.png(1));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("unknown_label");
    JsonNode two =
        site.post(
                "/v1/verify",
                Map.of("first", Site.base64(ToyTwin.png(1)), "second", Site.base64(ToyTwin.png(2))))
            .json();
    assertThat(two.get("same").asBoolean()).isFalse();
    assertThat(two.get("threshold").asDouble()).isEqualTo(0.8);
    assertThat(site.post("/v1/verify", Map.of("first", "")).status()).isEqualTo(400);
  }

  @Test
  void itemsAreListedPageByPageLookedAtAndForgotten() {
    long first = enrol("one", 1);
    long second = enrol("one", 2);
    enrol("two&meta.colour=red", 3);

    JsonNode page = site.get("/v1/galleries/main/items?limit=2").json();
    assertThat(page.get("items")).hasSize(2);
    assertThat(page.get("next").asLong()).isEqualTo(second);
    JsonNode rest = site.get("/v1/galleries/main/items?limit=2&after=" + second).json();
    assertThat(rest.get("items")).hasSize(1);
    assertThat(rest.get("next").isNull()).isTrue();
    assertThat(site.get("/v1/galleries/main/items?label=one").json().get("items")).hasSize(2);
    assertThat(site.get("/v1/galleries/main/items?meta.colour=red").json().get("items")).hasSize(1);

    Got image = site.get("/v1/galleries/main/items/" + first + "/image");
    assertThat(image.body()).isEqualTo(ToyTwin.png(1));
    assertThat(image.header("Content-Type")).isEqualTo("image/png");
    assertThat(image.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    assertThat(image.header("Content-Disposition")).isEqualTo("inline");

    String item = "/v1/galleries/main/items/" + first;
    assertThat(site.get(item).json().get("label").asText()).isEqualTo("one");
    assertThat(site.delete(item).status()).isEqualTo(204);
    assertThat(site.delete(item).code()).isEqualTo("unknown_item");
    assertThat(site.get(item).status()).isEqualTo(404);
    assertThat(site.get(item + "/image").status()).isEqualTo(404);
    assertThat(site.get("/v1/galleries/main/items/x").status()).isEqualTo(400);
  }

  @Test
  void labelsAreListedRenamedMergedAndForgotten() {
    enrol("one", 1);
    enrol("two", 2);
    enrol("two", 3);
    String labels = "/v1/galleries/main/labels";

    assertThat(site.get(labels).json().toString())
        .isEqualTo(
            "{\"labels\":[{\"label\":\"one\",\"items\":1},{\"label\":\"two\",\"items\":2}],"
                + "\"next\":null}");
    assertThat(site.get(labels + "?limit=1").json().get("next").asText()).isEqualTo("one");
    assertThat(site.get(labels + "?limit=1&after=one").json().at("/labels/0/label").asText())
        .isEqualTo("two");
    assertThat(site.json("PATCH", labels + "?label=one", "{\"name\":\"three\"}").json().toString())
        .isEqualTo("{\"label\":\"three\",\"items\":1}");
    assertThat(site.json("PATCH", labels + "?label=three", "{\"name\":\"two\"}").code())
        .isEqualTo("label_exists");
    assertThat(site.json("PATCH", labels + "?label=one", "{\"name\":\"four\"}").code())
        .isEqualTo("unknown_label");
    assertThat(site.json("PATCH", labels + "?label=two", "{\"mergeInto\":\"two\"}").status())
        .isEqualTo(400);
    assertThat(site.json("PATCH", labels + "?label=two", "{}").status()).isEqualTo(400);
    assertThat(
            site.json("PATCH", labels + "?label=three", "{\"mergeInto\":\"two\"}")
                .json()
                .toString())
        .isEqualTo("{\"label\":\"two\",\"items\":3}");
    assertThat(site.delete(labels + "?label=two").json().get("forgotten").asInt()).isEqualTo(3);
    assertThat(site.delete(labels + "?label=two").status()).isEqualTo(404);
  }

  @Test
  void galleriesAreMadeAndDeleted() {
    assertThat(site.post("/v1/galleries", Map.of("name", "things")).status()).isEqualTo(201);
    assertThat(site.post("/v1/galleries", Map.of("name", "things")).code())
        .isEqualTo("gallery_exists");
    assertThat(site.post("/v1/galleries", Map.of("name", "../things")).status()).isEqualTo(400);
    assertThat(site.get("/v1/galleries").json().get("galleries")).hasSize(2);
    assertThat(site.get("/v1/galleries/things").json().get("items").asInt()).isZero();
    assertThat(site.delete("/v1/galleries/things").status()).isEqualTo(400);
    assertThat(site.delete("/v1/galleries/things?confirm=things").status()).isEqualTo(204);
    assertThat(site.delete("/v1/galleries/things?confirm=things").status()).isEqualTo(404);
  }

  @Test
  void theMapHasAPointForEachItem() {
    for (int i = 0; i < 6; i++) {
      enrol("l" + i, i);
    }
    JsonNode map = site.get("/v1/galleries/main/map?limit=5").json();
    assertThat(map.get("points")).hasSize(5);
    for (JsonNode point : map.get("points")) {
      assertThat(point.get("x").asDouble()).isBetween(-1.0, 1.0);
    }
    assertThat(map.get("explained").asDouble()).isBetween(0.1, 1.0);
  }

  @Test
  void itTellsOfItself() {
    assertThat(site.get("/healthz").json().get("status").asText()).isEqualTo("ok");
    JsonNode model = site.get("/v1/model").json();
    assertThat(model.get("dim").asInt()).isEqualTo(64);
    assertThat(model.get("synthetic").asBoolean()).isTrue();
    enrol("one", 1);
    String metrics = new String(site.get("/metrics").body(), UTF_8);
    assertThat(metrics)
        .contains(
            "doppel_requests_total{route=\"/v1/galleries/{gallery}/items\",status=\"201\"} 1.0")
        .contains("doppel_batch_images_bucket", "doppel_waiting_images 0.0", "jvm_memory");
  }

  @Test
  void thePageIsServedWithItsPolicyAndCanBeKept() {
    Got page = site.get("/");
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'");
    Got again = site.send(site.to("/").header("If-None-Match", page.header("ETag")));
    assertThat(again.status()).isEqualTo(304);
    assertThat(site.get("/page/index.html").body()).isEqualTo(page.body());
    assertThat(site.get("/page/other.html").status()).isEqualTo(404);
    assertThat(site.get("/page/PageCalls.class").status()).isEqualTo(404);
  }

  @Test
  void whatNobodyAskedForIsRefusedWithTheNearestName() {
    Got query = site.picture("/v1/galleries/main/identify?topp=3", ToyTwin.png(1));
    assertThat(query.status()).isEqualTo(400);
    assertThat(query.json().at("/error/next").asText()).isEqualTo("Did you mean top?");
    Got field = site.json("POST", "/v1/galleries/main/identify", "{\"imag\":\"\"}");
    assertThat(field.json().at("/error/next").asText()).isEqualTo("Did you mean image?");
    assertThat(site.picture("/v1/galleries/main/identify?top=0", ToyTwin.png(1)).status())
        .isEqualTo(400);
    assertThat(site.picture("/v1/galleries/main/identify?falseAccepts=2", ToyTwin.png(1)).status())
        .isEqualTo(400);
    assertThat(site.get("/v1/nothing").status()).isEqualTo(404);
    Got method = site.send(site.to("/v1/galleries").PUT(HttpRequest.BodyPublishers.noBody()));
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void everyAnswerHasAnIdThatIsTheClientsIfItIsSane() {
    assertThat(site.get("/healthz").header("X-Request-Id")).isNotEmpty();
    assertThat(
            site.send(site.to("/healthz").header("X-Request-Id", "my-1.2")).header("X-Request-Id"))
        .isEqualTo("my-1.2");
    Got other = site.send(site.to("/v1/none").header("X-Request-Id", "a b"));
    assertThat(other.header("X-Request-Id")).isNotEqualTo("a b");
    assertThat(other.json().at("/error/requestId").asText())
        .isEqualTo(other.header("X-Request-Id"));
  }
}
