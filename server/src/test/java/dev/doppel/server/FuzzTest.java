package dev.doppel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile requests: none is a fault of the server's, and none leaves anything behind. */
class FuzzTest {

  @Test
  void hundredsOfHostileRequestsDoNoHarm() throws IOException {
    attack(0, 600);
  }

  /** {@code ./mvnw verify -pl server -am -Dgroups=slow -DexcludedGroups=} runs it. */
  @Test
  @Tag("slow")
  void tenThousandHostileRequestsDoNoHarm() throws IOException {
    attack(1000, 10_000);
  }

  private static void attack(int first, int count) throws IOException {
    try (Site site = new Site()) {
      String before = prepare(site);
      for (int i = first; i < first + Math.min(200, count); i++) {
        site.raw(FuzzCase.of(i).request()); // so that all classes and buffers are there
      }
      forget(site);
      List<Long> heaps = new ArrayList<>();
      List<Long> residents = new ArrayList<>();
      Map<String, Integer> seen = new TreeMap<>();
      for (int i = first; i < first + count; i++) {
        if ((i - first) % (count / 10)
            == 0) { // before the first too: all classes are there by then
          forget(site);
          heaps.add(usedHeap() >> 10);
          residents.add(resident() >> 10);
        }
        FuzzCase one = FuzzCase.of(i);
        String answer = site.raw(one.request());
        int status = status(answer);
        seen.merge(one.kind() + " " + status, 1, Integer::sum);
        assertThat(status)
            .as("case %d, %s: %s", i, one.kind(), answer.lines().limit(20).toList())
            .isBetween(one.http() ? 200 : 0, 499);
        if (status >= 400) {
          assertThat(answer)
              .as("case %d, %s", i, one.kind())
              .contains("{\"error\":{\"code\":", "X-Request-Id:", "nosniff")
              .doesNotContain("Exception", "dev.doppel", "org.eclipse", "/work", "\tat ");
        }
      }
      forget(site);
      heaps.add(usedHeap() >> 10);
      residents.add(resident() >> 10);
      System.getLogger("fuzz")
          .log(
              System.Logger.Level.INFO,
              "%d requests %s; each tenth, after collection: heap %s kB, resident %s MB"
                  .formatted(count, seen, heaps, residents));
      assertThat(heaps.get(heaps.size() - 1))
          .as("heap in kB after collection, each tenth: %s", heaps)
          .isLessThan(heaps.get(0) + (24 << 10));
      assertThat(site.get("/healthz").status()).isEqualTo(200);
      assertThat(ask(site)).isEqualTo(before);
    }
  }

  private static String prepare(Site site) {
    site.picture("/v1/galleries/main/items?label=known", ToyTwin.png(1));
    return ask(site);
  }

  private static String ask(Site site) {
    return site.picture("/v1/galleries/main/verify?label=known", ToyTwin.png(2)).json().toString();
  }

  /** Undoes what hostile requests may rightly have done. */
  private static void forget(Site site) {
    for (var label : site.get("/v1/galleries/main/labels?limit=1000").json().get("labels")) {
      String text = label.get("label").asText();
      if (!text.equals("known")) {
        String encoded = java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
        site.delete("/v1/galleries/main/labels?label=" + encoded);
      }
    }
  }

  private static int status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** In kB; 0 where the system does not say. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(0)
        : 0;
  }
}
