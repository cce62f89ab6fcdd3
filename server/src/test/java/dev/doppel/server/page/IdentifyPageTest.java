package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.Item;
import dev.doppel.gallery.LabelCount;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

final class IdentifyPageTest extends PageTest {

  private static final String VERDICT = "#identify .verdict";

  @Test
  void what_is_drawn_and_named_once_is_known_when_it_is_drawn_again() throws IOException {
    open("identify");
    assertThat(page.text("#steps [aria-current]")).isEqualTo("Draw a character,");
    page.draw("#identify", HOOK);
    page.awaitText("#steps [aria-current]", "give it a name");
    page.type("#name", "hook");
    page.keys(Keys.ENTER);
    page.awaitText("#identify .outcome", "Remembered hook");
    page.awaitText("#steps [aria-current]", "draw it again");

    page.draw("#identify", HOOK_AGAIN);
    page.awaitText(VERDICT, "Known");
    assertThat(page.text(VERDICT + " .name")).isEqualTo("hook");
    assertThat(page.text(VERDICT + " .how")).matches("(over )?\\d\\d % likely");
    assertThat(page.find("#identify .answer").getAttribute("data-decision")).isEqualTo("known");
    page.await(
        "the picture of the closest", () -> page.shows("#identify .ranked li img[src^=blob]"));
    assertThat(page.text("#identify .time")).containsPattern("\\d ms");

    Gallery gallery = galleries.open("things");
    List<Item> items = gallery.items(Optional.empty(), Filter.none(), 0, 10);
    assertThat(items).extracting(Item::label).containsExactly("hook");
    isInkOnPaper(gallery.original(items.get(0).id()).orElseThrow());
  }

  private static void isInkOnPaper(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(picture.getWidth()).isEqualTo(210).isEqualTo(picture.getHeight());
    int ink = 0;
    for (int y = 0; y < 210; y++) {
      for (int x = 0; x < 210; x++) {
        ink += (picture.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
      }
    }
    assertThat(picture.getRGB(0, 0)).isEqualTo(0xffffffff);
    // two strokes of together about 1.25 sides, 10 pixels wide
    assertThat(ink).isBetween(2000, 3300);
  }

  @Test
  void an_empty_gallery_is_filled_with_signs_to_try() {
    open("identify");
    page.press("Fill with a few sample signs");
    page.awaitText("#identify .rest h2", "12 things are known");
    assertThat(galleries.open("things").stats().originals()).isEqualTo(12);
    page.draw("#identify", HOOK_AGAIN);
    page.awaitText(VERDICT, "hook");
  }

  @Test
  void what_was_never_enrolled_is_not_known() {
    openFilled("identify");
    page.draw("#identify", FENCE);
    page.await( // the first strokes alone may well look like something that is known
        "an answer to the whole drawing",
        () -> page.shows(VERDICT) && page.text(VERDICT).matches("(?s).*(Unknown|Unsure).*"));
    assertThat(page.find("#identify .answer").getAttribute("data-decision")).isNotEqualTo("known");
    assertThat(page.all("#identify .ranked li")).hasSize(5);
  }

  @Test
  void another_example_joins_the_label_and_can_be_taken_back() {
    openFilled("identify");
    page.draw("#identify", HOOK_AGAIN);
    page.awaitText("#identify .offer", "Add as another example of hook");
    page.press("Add as another example");
    page.awaitText("#identify .outcome", "Remembered hook");
    Gallery gallery = galleries.open("things");
    assertThat(gallery.labels(Filter.none(), "", 20)).contains(new LabelCount("hook", 2));
    page.press("Take it back");
    page.await(
        "one example",
        () -> gallery.labels(Filter.none(), "", 20).contains(new LabelCount("hook", 1)));
  }

  @Test
  void a_stroke_is_taken_back_and_the_sheet_cleared() {
    openFilled("identify");
    page.draw("#identify", HOOK[0], "20,20 80,80 20,60 80,30 10,50 90,70");
    page.await("an answer", () -> page.shows(VERDICT));
    String before = page.text("#identify .ranked");
    page.press("Undo");
    page.await("another answer", () -> !page.text("#identify .ranked").equals(before));
    page.press("Clear");
    page.await("no answer", () -> !page.shows(VERDICT));
    assertThat(page.find("#identify .picture .tool").isEnabled()).isFalse();
  }

  @Test
  void a_late_answer_to_an_earlier_drawing_is_not_shown() {
    openFilled("identify");
    page.script(
        """
        const real = window.fetch;
        let asked = 0;
        window.fetch = async (url, given) => {
          if (!String(url).includes('/identify') || ++asked > 1) return real(url, given);
          const answer = await real(url, { ...given, signal: undefined });
          await new Promise((resolve) => setTimeout(resolve, 900));
          window.lateCame = true;
          return answer;
        };
        """);
    page.draw("#identify", HOOK[0]);
    page.await(
        "the first question",
        () ->
            page.script(
                    "return performance.getEntriesByType('resource').some(e => e.name.includes('/identify'))")
                .equals(true));
    page.draw("#identify", HOOK[1], "10,90 90,90 90,10");
    page.await("an answer", () -> page.shows(VERDICT));
    String shown = page.text("#identify .ranked");
    page.await("the late one", () -> page.script("return window.lateCame === true").equals(true));
    page.script("return new Promise((resolve) => setTimeout(resolve, 50))");
    assertThat(page.text("#identify .ranked")).isEqualTo(shown);
  }

  @Test
  void a_picture_file_is_chosen_dropped_or_pasted(@TempDir Path folder) throws IOException {
    openFilled("identify");
    byte[] png = original("hook");
    Path file = Files.write(folder.resolve("hook.png"), png);
    page.find("#identify input[type=file]").sendKeys(file.toString());
    page.awaitText(VERDICT, "hook");

    for (String event :
        List.of(
            "new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })",
            "new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data })")) {
      page.press("Clear");
      page.await("no answer", () -> !page.shows(VERDICT));
      page.script(
          """
          const bytes = Uint8Array.from(atob(arguments[0]), (each) => each.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], 'hook.png', { type: 'image/png' }));
          document.querySelector('#identify .sheet').dispatchEvent(%s);
          """
              .formatted(event),
          Base64.getEncoder().encodeToString(png));
      page.awaitText(VERDICT, "hook");
      assertThat(page.shows("#identify .shown")).isTrue();
    }
  }

  private byte[] original(String label) {
    Gallery gallery = galleries.open("things");
    Item item = gallery.items(Optional.of(label), Filter.none(), 0, 1).get(0);
    return gallery.original(item.id()).orElseThrow();
  }

  @Test
  void a_file_that_is_no_picture_is_refused_in_place_with_the_servers_words(@TempDir Path folder)
      throws IOException {
    openFilled("identify");
    Path file = Files.writeString(folder.resolve("letter.png"), "Dear all, this is no picture.");
    page.find("#identify input[type=file]").sendKeys(file.toString());
    page.await("the refusal", () -> page.shows("#identify .told .trouble"));
    assertThat(page.text("#identify .trouble .given")).isNotEmpty();
    assertThat(page.text("#identify .trouble")).contains("PNG, JPEG");
    assertThat(page.complaints()).allMatch(each -> each.contains("422"));
  }

  @Test
  void the_keyboard_alone_is_enough() {
    open("identify");
    tabTo("canvas.pad");
    drawByKeys();
    page.awaitText("#steps [aria-current]", "give it a name");
    tabTo("#name");
    page.keys("corner", Keys.ENTER);
    page.awaitText("#identify .outcome", "Remembered corner");
    tabTo("canvas.pad");
    drawByKeys();
    page.awaitText(VERDICT, "Known");
    assertThat(page.text(VERDICT + " .name")).isEqualTo("corner");

    tabTo("#tab-identify");
    page.keys(Keys.ARROW_RIGHT);
    assertThat(page.shows("#verify")).isTrue();
    page.keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertThat(page.shows("#map")).isTrue();
    page.keys(Keys.HOME);
    assertThat(page.shows("#identify")).isTrue();
  }

  /** Down seven steps, then left five, with the pen on the paper. */
  private void drawByKeys() {
    page.keys(
        " " + Keys.ARROW_DOWN.toString().repeat(7) + Keys.ARROW_LEFT.toString().repeat(5) + " ");
  }

  private void tabTo(String css) {
    for (int i = 0; i < 40; i++) {
      if (page.script("return document.activeElement.matches(arguments[0])", css).equals(true)) {
        return;
      }
      page.keys(Keys.TAB);
    }
    throw new AssertionError("Forty presses of Tab do not reach " + css);
  }
}
