package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.server.DoppelServer;
import dev.doppel.server.ServerOptions;
import org.junit.jupiter.api.Test;

/** A server that goes away, and one that is busy. */
final class TroublePageTest extends PageTest {

  @Test
  void a_server_that_is_gone_is_missed_and_its_return_noticed() {
    openFilled("identify");
    int port = server.port();
    server.close();
    page.draw("#identify", HOOK_AGAIN);
    page.awaitText("#notices", "The server does not answer");
    page.await("the trouble in place", () -> page.shows("#identify .trouble"));
    assertThat(page.text("#identify .trouble .next")).contains("doppel serve");

    server = DoppelServer.start(BlurredInk.twin(), galleries, ServerOptions.local(port));
    page.await("its return", () -> !page.shows("#notices .bad"));
    page.press("Clear");
    page.draw("#identify", HOOK_AGAIN);
    page.await("no trouble", () -> !page.shows("#identify .trouble"));
    assertThat(page.complaints()).allMatch(each -> each.contains("ERR_CONNECTION_REFUSED"));
  }

  @Test
  void a_busy_server_is_asked_again_when_it_says() {
    openFilled("identify");
    page.script(
        """
        const real = window.fetch;
        let refused = 0;
        window.fetch = (url, given) => String(url).includes('/identify') && refused++ < 1
            ? Promise.resolve(new Response('{}', { status: 429, headers: { 'Retry-After': '1' } }))
            : real(url, given);
        """);
    page.draw("#identify", HOOK_AGAIN);
    page.awaitText("#notices", "asking again in 1 second");
    page.awaitText("#identify .verdict", "Known");
    assertThat(page.shows("#notices .notice")).isFalse();
  }
}
