package dev.doppel.server.guard;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.server.Logged;
import dev.doppel.server.error.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder = Path.of("");
  private final AtomicLong nanos = new AtomicLong();

  private static Visit visit(
      String method, @Nullable String host, @Nullable String origin, @Nullable String site) {
    return new Visit(method, host, origin, site, null, "127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 127.0.0.1:8080,,, true",
    "GET, LOCALHOST,,, true",
    "GET, [::1]:1,,, true",
    "GET, evil.example,,, false",
    "GET, evil.example:8080,,, false",
    "GET, 127.0.0.1.evil.example,,, false",
    "GET,,,, false",
    "GET, localhost, http://evil.example, cross-site, true",
    "POST, localhost:1,,, true",
    "POST, localhost:1, http://localhost:1, same-origin, true",
    "POST, localhost:1, http://localhost:2, same-site, false",
    "POST, localhost:1, http://localhost:2,, false",
    "POST, localhost:1, http://evil.example, cross-site, false",
    "DELETE, localhost:1, null,, false",
    "POST, localhost, http://localhost:80,, true",
    "POST, localhost:1,, cross-site, false",
    "POST, localhost:1,, none, true"
  })
  void onlyOurHostAndOurOwnPageAreLetIn(
      String method,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String site,
      boolean passes) {
    Origins origins =
        new Origins(Set.of("127.0.0.1", "localhost", "[::1]"), "http://127.0.0.1:8080");
    if (passes) {
      assertThatCode(() -> origins.check(visit(method, host, origin, site)))
          .doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> origins.check(visit(method, host, origin, site)))
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void aRateLetsABurstPassAndThenSoManyASecond() {
    RateLimit rate = new RateLimit(2, 3, nanos::get);
    for (int i = 0; i < 3; i++) {
      rate.take("a");
    }
    assertThatThrownBy(() -> rate.take("a"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(429);
              assertThat(refusal.retryAfter()).isEqualTo(1);
            });
    rate.take("b"); // has a bucket of its own
    nanos.addAndGet(500_000_000);
    rate.take("a");
    assertThatThrownBy(() -> rate.take("a")).isInstanceOf(Refusal.class);
    new RateLimit(0, 0, nanos::get).take("a"); // no limit
  }

  @Test
  void aFileHoldsTheHashOfAKeyAndNotTheKey() throws IOException {
    Path file = folder.resolve("keys.json");
    String text =
        KeyFile.add(file, "phone", Set.of(Scope.READ, Scope.WRITE), Set.of("things"), NOW);

    assertThat(text).matches("doppel_[A-Za-z0-9_-]{43}");
    assertThat(file).content().doesNotContain(text.substring(7)).contains(ApiKey.hash(text));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(KeyFile.read(file))
        .containsExactly(
            new ApiKey(
                "phone",
                ApiKey.hash(text),
                Set.of(Scope.READ, Scope.WRITE),
                Set.of("things"),
                NOW));
    assertThatThrownBy(() -> KeyFile.add(file, "phone", Set.of(), Set.of(), NOW))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> KeyFile.add(file, "x", Set.of(), Set.of("Main", "b b"), NOW))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("cannot be a gallery's name");
    Path device = Path.of("/dev/full");
    assertThatThrownBy(() -> KeyFile.add(device, "x", Set.of(), Set.of(), NOW))
        .isInstanceOf(DataException.class)
        .hasMessageNotContaining("key add");
    assertThatThrownBy(() -> KeyFile.add(file, "a b", Set.of(), Set.of(), NOW))
        .isInstanceOf(OptionException.class);
    assertThatThrownBy(() -> KeyFile.revoke(file, "phon"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Did you mean phone?");
  }

  @Test
  void aBrokenFileIsRefusedAndARunningServerKeepsItsKeys() throws IOException {
    Path file = folder.resolve("keys.json");
    assertThatThrownBy(() -> KeyFile.watch(file)).isInstanceOf(DataException.class);
    String first = KeyFile.add(file, "first", Set.of(Scope.READ), Set.of(), NOW);
    WatchedKeys ring = new WatchedKeys(file, nanos::get);
    assertThat(ring.caller(first)).map(Caller::name).contains("first");
    assertThat(ring.caller("doppel_other")).isEmpty();

    String second = KeyFile.add(file, "second", Set.of(Scope.READ), Set.of(), NOW);
    assertThat(ring.caller(second)).isEmpty(); // looked a moment ago
    nanos.addAndGet(2_000_000_000);
    assertThat(ring.caller(second)).map(Caller::name).contains("second");

    KeyFile.revoke(file, "first");
    nanos.addAndGet(2_000_000_000);
    assertThat(ring.caller(first)).isEmpty();

    Files.writeString(file, "{\"format\":1,\"keys\":[{\"name\":\"x\"}]}");
    nanos.addAndGet(2_000_000_000);
    assertThat(ring.caller(second)).isPresent();
    assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOf(DataException.class);
    try (Logged log = new Logged("dev.doppel.server.guard")) {
      Files.delete(file);
      for (int i = 0; i < 3; i++) {
        nanos.addAndGet(2_000_000_000);
        assertThat(ring.caller(second)).isPresent();
      }
      assertThat(log.lines())
          .singleElement(as(STRING))
          .contains("keys stay as they were read last", "There is no file of keys");
    }
  }

  @Test
  void whatIsWrongWithAFileOfKeysIsSaidInPlainWords() throws IOException {
    Path file = Files.writeString(folder.resolve("keys.json"), "{\"format\":1,\n\"keys\":[{]}");
    assertThatThrownBy(() -> KeyFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no JSON at line 2, column 10")
        .hasMessageNotContaining("REDACTED");
    assertThatThrownBy(() -> KeyFile.add(folder.resolve("none/keys"), "a", Set.of(), Set.of(), NOW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("There is no folder")
        .hasMessageNotContaining("Exception");
    Files.writeString(file, "{\"format\":1,\"keys\":[]}");
    assertThatThrownBy(() -> KeyFile.revoke(file, "a"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds no keys at all");
    assertThatThrownBy(() -> KeyFile.revoke(folder.resolve("none"), "a"))
        .isInstanceOf(DataException.class);
  }

  @Test
  void aKeyThatCannotBeShownIsNotKept() {
    Path file = folder.resolve("keys.json");
    assertThatThrownBy(
            () ->
                KeyFile.add(
                    file,
                    "a",
                    Set.of(),
                    Set.of(),
                    NOW,
                    text -> {
                      throw new DataException("Given", "Allowed", "Next");
                    }))
        .isInstanceOf(DataException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aKeyMayWhatItsScopesSayAndWrongKeysAreSlowedDown() {
    Keyring ring =
        text ->
            text.equals("good")
                ? Optional.of(new Caller("me", Set.of(Scope.READ), Set.of()))
                : Optional.empty();
    Gate gate =
        new Gate(
            new Origins(Set.of(), "http://127.0.0.1:8080"),
            Optional.of(ring),
            new RateLimit(0, 0, nanos::get),
            new RateLimit(1, 2, nanos::get));
    assertThat(gate.admit(with("Bearer good"), Scope.READ).name()).isEqualTo("me");
    assertThat(gate.admit(with("bearer good"), Scope.READ).name()).isEqualTo("me");
    assertStatus(gate, "Bearer good", Scope.WRITE, 403);
    assertStatus(gate, null, Scope.READ, 401);
    assertStatus(gate, "Basic good", Scope.READ, 401);
    assertStatus(gate, "Bearer bad", Scope.READ, 401);
    assertStatus(gate, "Bearer bad", Scope.READ, 429);
  }

  private static Visit with(@Nullable String authorization) {
    return new Visit("GET", "localhost", null, null, authorization, "10.0.0.1");
  }

  private static void assertStatus(
      Gate gate, @Nullable String authorization, Scope scope, int status) {
    assertThatThrownBy(() -> gate.admit(with(authorization), scope))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(status));
  }

  @Test
  void aVisitNeverTellsItsKey() {
    assertThat(with("Bearer secret").toString()).doesNotContain("secret");
  }
}
