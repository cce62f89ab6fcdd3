package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

final class MapPageTest extends PageTest {

  @Test
  void every_label_is_on_the_map_and_in_the_list_beside_it() {
    openFilled("map");
    page.await("the list", () -> page.all("#map .names button").size() == 12);
    assertThat(page.text("#map .heading")).contains("12 examples").contains(" % of all");
    page.click("#map .names button", 4);
    page.awaitText("#map .about .name", "hook");
    assertThat(page.text("#map .about")).contains("1 example").contains("Closest here: ");
  }

  @Test
  void what_the_mouse_is_over_is_told_and_keys_move_the_map() {
    openFilled("map");
    page.await("the list", () -> page.all("#map .names button").size() == 12);
    String whole = settled();
    page.script("document.querySelector('#map .points').focus()");
    page.keys("+", "+", Keys.ARROW_LEFT);
    page.await("another view", () -> !picture().equals(whole));
    page.keys("0");
    page.await("the whole", () -> picture().equals(whole));

    page.script(
        """
        window.told = new Set();
        new MutationObserver(() => window.told.add(
            document.querySelector('#map .about .name')?.textContent ?? ''))
            .observe(document.querySelector('#map .about'), { childList: true });
        """);
    page.sweep("#map .points", 11, 6);
    assertThat(((Number) page.script("return window.told.size")).intValue()).isGreaterThan(3);
  }

  /** The picture once nothing more comes, since thumbnails appear one by one. */
  private String settled() {
    page.await(
        "the thumbnails",
        () ->
            page.all("#map .names button img").stream().filter(WebElement::isDisplayed).count()
                > 0);
    String[] last = {""};
    long[] since = {System.nanoTime()};
    page.await(
        "a picture that stays",
        () -> {
          String now = picture();
          if (!now.equals(last[0])) {
            last[0] = now;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > 1_000_000_000L;
        });
    return last[0];
  }

  private String picture() {
    return page.script("return document.querySelector('#map .points').toDataURL()").toString();
  }
}
