package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VerifyPageTest extends PageTest {

  private static final String FIRST = "#verify .picture:first-child";
  private static final String SECOND = "#verify .picture:last-child";

  @Test
  void two_drawings_of_one_thing_are_the_same_and_others_differ() {
    open("verify");
    page.draw(FIRST, HOOK);
    assertThat(page.shows("#verify .verdict")).isFalse();
    page.draw(SECOND, HOOK_AGAIN);
    page.awaitText("#verify .verdict", "The same");
    assertThat(page.text("#verify .how")).contains("% likely to show the same thing");
    assertThat(page.text("#verify .key")).contains("0.50");
    assertThat(page.shows("#verify .bar.reached .mark")).isTrue();

    page.click("#verify .picture:last-child .tool", 1);
    page.await("no verdict", () -> !page.shows("#verify .verdict"));
    page.draw(SECOND, FENCE);
    page.awaitText("#verify .verdict", "Different");
    assertThat(page.find("#verify .answer").getAttribute("data-decision")).isEqualTo("unknown");
    assertThat(galleries.names()).isEmpty();
  }
}
