package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What people name things is shown, and never run. */
final class SafePageTest extends PageTest {

  private static final List<String> NASTY =
      List.of(
          "<img src=x onerror=window.hacked=1>",
          "\"><script>window.hacked=1</script>",
          "javascript:window.hacked=1",
          "${window.hacked=1}{{hacked}}",
          "مرحبا بالعالم");

  @Test
  void a_label_that_looks_like_markup_is_shown_as_it_is_everywhere() {
    String worst = NASTY.get(0);
    open("identify");
    page.draw("#identify", HOOK);
    page.type("#name", worst);
    page.press("Remember");
    page.awaitText("#identify .outcome", "Remembered " + worst);
    page.draw("#identify", HOOK_AGAIN);
    page.awaitText("#identify .verdict", worst);
    page.awaitText("#identify .offer", worst);
    page.click("#tab-gallery");
    page.awaitText("#gallery-panel .card", worst);
    page.click("#gallery-panel .card");
    page.awaitText("dialog h2", worst);
    page.press("Forget this label");
    page.awaitText("dialog:last-of-type h2", worst);
    page.press("Keep it");
    page.press("Close");
    assertThat(page.script("return window.hacked ?? 'no'")).isEqualTo("no");
    assertThat(page.all("img[src=x]")).isEmpty();
  }

  @Test
  void labels_from_elsewhere_are_shown_as_they_are() {
    gallery("nasty", NASTY);
    open("gallery-panel/nasty");
    page.await("all", () -> page.all("#gallery-panel .card").size() == NASTY.size());
    for (String label : NASTY) {
      assertThat(page.text("#gallery-panel .cards")).contains(label);
    }
    page.click("#tab-map");
    page.await("the list", () -> page.all("#map .names button").size() == NASTY.size());
    page.click("#tab-identify");
    page.await("the known", () -> page.all("#identify .knowns li").size() == NASTY.size());
    assertThat(page.script("return window.hacked ?? 'no'")).isEqualTo("no");
  }
}
