package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.server.ServerOptions;
import dev.doppel.server.guard.KeyFile;
import dev.doppel.server.guard.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks for keys. */
final class KeyPageTest extends PageTest {

  @TempDir private Path folder;
  private String key = "";
  private String reader = "";

  @Override
  ServerOptions options() {
    Path file = folder.resolve("keys.json");
    key = KeyFile.add(file, "all", Set.of(Scope.values()), Set.of(), Instant.now());
    reader = KeyFile.add(file, "reader", Set.of(Scope.READ), Set.of(), Instant.now());
    return ServerOptions.local(0).withKeys(Optional.of(file), 0);
  }

  @Test
  void the_key_is_asked_for_and_kept_in_memory_only() {
    page.go(server.url());
    page.awaitText("dialog h2", "asks for a key");
    page.type("dialog input", "doppel_wrong");
    page.press("Use this key");
    page.awaitText("dialog p", "does not take that key");
    page.type("dialog input", key);
    page.press("Use this key");
    page.press("Fill with a few sample signs");
    page.awaitText("#identify .rest h2", "12 things are known");
    page.await("pictures", () -> page.shows("#identify .knowns img[src^=blob]"));
    assertThat(page.script("return localStorage.length + sessionStorage.length")).isEqualTo(0L);
    assertThat(page.script("return document.cookie + location.href").toString())
        .doesNotContain("doppel_");
    assertThat(page.complaints()).allMatch(each -> each.contains("401"));
  }

  @Test
  void a_key_that_may_only_read_is_told_so_where_it_tries_to_write() {
    gallery("things", List.of("one"));
    page.go(server.url());
    page.awaitText("dialog h2", "asks for a key");
    page.type("dialog input", reader);
    page.press("Use this key");
    page.awaitText("#identify .rest h2", "1 thing is known");
    page.draw("#identify", HOOK);
    page.type("#name", "hook");
    page.press("Remember");
    page.await("the refusal", () -> page.shows("#identify .outcome .trouble"));
    assertThat(page.text("#identify .outcome .given")).isNotEmpty();
    assertThat(page.text("#identify .outcome .next")).isNotEmpty();
    assertThat(page.complaints()).allMatch(each -> each.contains("401") || each.contains("403"));
  }
}
