package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.LabelCount;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

final class GalleryPageTest extends PageTest {

  private static final String WINDOW = "dialog:last-of-type";

  @Test
  void a_label_is_renamed_merged_and_forgotten() {
    openFilled("gallery");
    Gallery gallery = galleries.open("things");
    page.awaitText("#gallery-panel .heading .fine", "12 labels · 12 examples");
    page.await("thumbnails", () -> page.all("#gallery-panel .card img[src^=blob]").size() == 12);

    openLabel("anchor");
    page.type(WINDOW + " input[name=rename]", "ship's anchor");
    page.press("Rename");
    page.await("the new name", () -> cards().contains("ship's anchor"));
    assertThat(cards()).doesNotContain("anchor").hasSize(12);

    openLabel("wave");
    page.type(WINDOW + " input[name=merge]", "snail");
    page.press("Merge");
    page.await("one label less", () -> cards().size() == 11);
    assertThat(gallery.labels(Filter.none(), "", 20)).contains(new LabelCount("snail", 2));

    openLabel("snail");
    page.await("both examples", () -> page.all(WINDOW + " .examples li").size() == 2);
    page.press("Forget example");
    assertThat(page.text(WINDOW)).contains("erased for good");
    page.press("Keep it");
    assertThat(gallery.labels(Filter.none(), "", 20)).contains(new LabelCount("snail", 2));
    page.press("Forget example");
    page.press("Forget it");
    page.await("one example", () -> page.all(WINDOW + " .examples li").size() == 1);
    page.press("Close");

    openLabel("star");
    page.press("Forget this label");
    page.press("Forget it");
    page.await("no star", () -> !cards().contains("star"));
    assertThat(gallery.labels(Filter.none(), "", 20))
        .extracting(LabelCount::label)
        .doesNotContain("star", "wave", "anchor");
  }

  @Test
  void a_name_that_is_taken_is_refused_in_place() {
    openFilled("gallery");
    openLabel("anchor");
    page.type(WINDOW + " input[name=rename]", "star");
    page.press("Rename");
    page.await("the refusal", () -> page.shows(WINDOW + " .trouble"));
    assertThat(page.text(WINDOW + " .trouble .next")).isNotEmpty();
    page.keys(Keys.ESCAPE);
    page.await("the window to close", () -> page.all("dialog").isEmpty());
    assertThat(cards()).contains("anchor", "star");
    assertThat(page.complaints()).allMatch(each -> each.contains("status of 4"));
  }

  @Test
  void thousands_of_labels_are_paged_and_searched() {
    gallery("many", IntStream.range(0, 2300).mapToObj("label %04d"::formatted).toList());
    open("gallery-panel/many");
    page.awaitText("#gallery-panel .finder", "1–48 of 2,300 labels");
    page.press("Next");
    page.awaitText("#gallery-panel .finder", "49–96 of 2,300 labels");
    assertThat(cards().get(0)).isEqualTo("label 0048");
    page.type("#search", "ABEL 229");
    page.awaitText("#gallery-panel .finder", "10 labels");
    assertThat(cards()).contains("label 2290", "label 2299");
    page.type("#search", "nothing");
    page.awaitText("#gallery-panel .finder", "No label holds this text");
  }

  @Test
  void galleries_are_made_chosen_and_deleted() {
    open("gallery-panel");
    page.press("New gallery");
    page.type(WINDOW + " input", "runes");
    page.press("Make it");
    page.awaitText("#gallery-panel h2", "runes");
    page.press("New gallery");
    page.type(WINDOW + " input", "seals");
    page.keys(Keys.ENTER);
    page.awaitText("#gallery-panel h2", "seals");
    assertThat(galleries.names()).containsExactly("runes", "seals");

    page.find("#gallery").sendKeys("runes");
    page.awaitText("#gallery-panel h2", "runes");
    assertThat(page.driver().getCurrentUrl()).endsWith("/runes");
    page.press("Delete this gallery");
    page.type(WINDOW + " input", "runes");
    page.press("Delete it");
    page.awaitText("#gallery-panel h2", "seals");
    assertThat(galleries.names()).containsExactly("seals");
  }

  private void openLabel(String label) {
    page.await("the card of " + label, () -> cards().contains(label));
    page.click("#gallery-panel .card", cards().indexOf(label));
    page.awaitText(WINDOW + " h2", label);
  }

  private List<String> cards() {
    return ((List<?>)
            page.script(
                "return [...document.querySelectorAll('#gallery-panel .card .label')]"
                    + ".map((each) => each.textContent)"))
        .stream().map(String::valueOf).toList();
  }
}
