package dev.doppel.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page for those who do not see it, or not well, or on a phone. */
final class AccessiblePageTest extends PageTest {

  private static final List<String> PANELS = List.of("identify", "verify", "gallery", "map");

  private static final Set<String> CONTROLS =
      Set.of(
          "button", "textbox", "searchbox", "combobox", "checkbox", "tab", "link", "application");

  @AfterEach
  void asBefore() {
    if (page != null) {
      page.screen(0, 0, 0);
      page.dark(false);
    }
  }

  @Test
  void everything_that_can_be_reached_has_a_name_that_a_screen_reader_speaks() {
    openFilled("identify");
    page.draw("#identify", HOOK_AGAIN);
    page.await("an answer", () -> page.shows("#identify .verdict"));
    for (String panel : PANELS) {
      panel(panel);
      assertThat(nameless()).as("nameless in " + panel).isEmpty();
      assertThat(tree())
          .filteredOn(node -> CONTROLS.contains(value(node, "role")))
          .hasSizeGreaterThan(8);
      assertThat(tree())
          .extracting(node -> value(node, "role"))
          .contains("main", "banner", "contentinfo", "tablist", "tabpanel", "heading");
    }
    panel("gallery");
    page.click("#gallery-panel .card");
    assertThat(tree())
        .anySatisfy(
            node -> {
              assertThat(value(node, "role")).isEqualTo("dialog");
              assertThat(value(node, "name")).isEqualTo("anchor");
            });
    page.keys(Keys.ESCAPE);
    assertThat(page.script("return document.querySelectorAll('img:not([alt])').length"))
        .isEqualTo(0L);
    assertThat(
            page.script(
                "const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);"
                    + "return ids.length - new Set(ids).size"))
        .isEqualTo(0L);
  }

  private List<String> nameless() {
    return tree().stream()
        .filter(node -> CONTROLS.contains(value(node, "role")) && value(node, "name").isBlank())
        .map(node -> value(node, "role"))
        .toList();
  }

  private List<Map<?, ?>> tree() {
    Object nodes =
        page.driver().executeCdpCommand("Accessibility.getFullAXTree", Map.of()).get("nodes");
    List<Map<?, ?>> tree = new ArrayList<>();
    for (Object node : (List<?>) Objects.requireNonNull(nodes)) {
      if (node instanceof Map<?, ?> map && !Boolean.TRUE.equals(map.get("ignored"))) {
        tree.add(map);
      }
    }
    return tree;
  }

  private static String value(Map<?, ?> node, String of) {
    return node.get(of) instanceof Map<?, ?> found ? String.valueOf(found.get("value")) : "";
  }

  @Test
  void the_answer_is_spoken_once_it_is_there() {
    openFilled("identify");
    page.draw("#identify", HOOK_AGAIN);
    page.awaitText("#identify .verdict [role=status]", "Known hook");
    assertThat(page.find("#identify .verdict [role=status]").getAttribute("aria-live"))
        .isEqualTo("polite");
    assertThat(page.text("#identify .verdict [role=status]")).matches("Known hook .*% likely");
  }

  @Test
  void texts_stand_out_by_day_and_by_night() throws IOException {
    openFilled("identify");
    for (boolean night : List.of(false, true)) {
      page.dark(night);
      for (String[] drawing : List.of(HOOK_AGAIN, FENCE)) {
        panel("identify");
        page.press("Clear");
        page.draw("#identify", drawing);
        page.await("an answer", () -> page.shows("#identify .answer:not([aria-busy]) .verdict"));
        assertThat(weakTexts()).as("identify, night " + night).isEmpty();
      }
      for (String panel : PANELS) {
        panel(panel);
        assertThat(weakTexts()).as(panel + ", night " + night).isEmpty();
      }
      assertThat(
              page.script(
                  "return getComputedStyle(document.querySelector('.pad')).backgroundColor"))
          .isEqualTo("rgb(255, 255, 255)");
    }
  }

  private List<?> weakTexts() throws IOException {
    try (InputStream script = getClass().getResourceAsStream("contrast.js")) {
      // A transition under way would be measured in its middle.
      page.script("document.getAnimations().forEach((each) => each.finish())");
      return (List<?>)
          page.script(new String(Objects.requireNonNull(script).readAllBytes(), UTF_8));
    }
  }

  @Test
  void nothing_is_wider_than_a_phone_and_all_can_be_touched() {
    page.screen(360, 740, 2);
    openFilled("identify");
    page.draw("#identify", HOOK_AGAIN);
    page.await("an answer", () -> page.shows("#identify .verdict"));
    for (String panel : PANELS) {
      panel(panel);
      assertThat(page.script("return document.documentElement.scrollWidth"))
          .as("width of " + panel)
          .isEqualTo(360L);
      assertThat(
              (List<?>)
                  page.script(
                      """
                      return [...document.querySelectorAll('button, select, .button')]
                          .filter((each) => each.checkVisibility())
                          .map((each) => [each.textContent, each.getBoundingClientRect()])
                          .filter(([, box]) => box.height < 24 || box.width < 24 || box.right > 360)
                          .map(([text]) => text);
                      """))
          .as("too small in " + panel)
          .isEmpty();
      assertThat(nameless()).as("nameless in " + panel).isEmpty();
    }
  }

  @Test
  void what_has_the_focus_is_seen_to_have_it() {
    openFilled("identify");
    page.script("document.querySelector('#gallery').focus()");
    for (int i = 0; i < 6; i++) { // all but the last, after which comes the browser itself
      page.keys(Keys.TAB);
      assertThat(
              page.script(
                  """
                  const focused = document.activeElement;
                  const ring = [focused, focused.nextElementSibling].filter(Boolean)
                      .map((each) => getComputedStyle(each))
                      .some((each) => each.outlineStyle === 'solid' && parseFloat(each.outlineWidth) >= 2);
                  return ring ? '' : focused.outerHTML.slice(0, 100);
                  """))
          .isEqualTo("");
    }
  }

  private void panel(String name) {
    page.script("scrollTo(0, 0)");
    page.click("#tab-" + name);
    if (name.equals("gallery")) {
      page.await("cards", () -> page.shows("#gallery-panel .card"));
    }
    if (name.equals("map")) {
      page.await("the list", () -> page.shows("#map .names button"));
    }
  }
}
