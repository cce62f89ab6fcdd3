package dev.doppel.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OmniglotSourceTest {

  private final Path temp;
  private final Path work;
  private final Path home;

  OmniglotSourceTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    this.work = Files.createDirectories(temp.resolve("repo"));
    this.home = Files.createDirectories(temp.resolve("home"));
  }

  @Test
  void theFirstPlaceThatHasItIsTaken() {
    Path cache = set(home.resolve(".cache/doppel/omniglot"));
    assertThat(found(null, Map.of())).isEqualTo(cache);
    Path shared = set(temp.resolve("shared/data/omniglot"));
    assertThat(found(null, Map.of())).isEqualTo(shared);
    Path data = set(work.resolve("data/omniglot"));
    assertThat(found(null, Map.of())).isEqualTo(data);
    Path variable = set(temp.resolve("var/omniglot"));
    assertThat(found(null, Map.of("DOPPEL_DATA", temp.resolve("var").toString())))
        .isEqualTo(variable);
    assertThat(found(null, Map.of("DOPPEL_DATA", variable.toString()))).isEqualTo(variable);
    Path named = set(temp.resolve("named"));
    assertThat(found(named, Map.of("DOPPEL_DATA", variable.toString()))).isEqualTo(named);
  }

  @Test
  void theCacheIsWhereTheSystemSays() {
    Path xdg = temp.resolve("xdg");
    assertThat(OmniglotSource.cache(Map.of("XDG_CACHE_HOME", xdg.toString()), home))
        .isEqualTo(xdg.resolve("doppel"));
    assertThat(OmniglotSource.cache(Map.of("LOCALAPPDATA", xdg.toString()), home))
        .isEqualTo(xdg.resolve("doppel"));
    assertThat(OmniglotSource.cache(Map.of("XDG_CACHE_HOME", "relative"), home))
        .isEqualTo(home.resolve(".cache/doppel"));
  }

  @Test
  void aNamedFolderWithoutTheSetIsAnError() throws IOException {
    set(work.resolve("data/omniglot"));
    Path empty = Files.createDirectories(temp.resolve("empty/of/all"));
    assertThatThrownBy(() -> found(empty, Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Omniglot at " + empty + ": found none of its parts");
    assertThatThrownBy(() -> found(null, Map.of("DOPPEL_DATA", empty.toString())))
        .hasMessageContaining("Omniglot at " + empty);
  }

  @Test
  void aDamagedSetIsAnErrorWhereNamedAndElsewherePassedOver() throws IOException {
    Path damaged = set(work.resolve("data/omniglot"));
    Files.write(damaged.resolve("all_runs.zip"), new byte[0]);
    Path good = set(home.resolve(".cache/doppel/omniglot"));
    OmniglotSource.Found found =
        OmniglotSource.of(null, Map.of(), work, home).read(TinyOmniglot.SHAPE);
    assertThat(found.folder()).isEqualTo(good);
    assertThat(found.passedOver())
        .singleElement()
        .asString()
        .contains(damaged + ": all_runs.zip: the file is empty (0 bytes)");
    assertThatThrownBy(() -> found(damaged, Map.of()))
        .hasMessageContaining("all_runs.zip: the file is empty (0 bytes)");
    assertThat(OmniglotSource.of(null, Map.of(), work, home).folder()).isEqualTo(damaged);
  }

  @Test
  void whereNothingIsFoundEveryPlaceIsListed() {
    assertThatThrownBy(() -> found(null, Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(work.resolve("data").toString())
        .hasMessageContaining(temp.resolve("shared/data").toString())
        .hasMessageContaining(home.resolve(".cache/doppel") + " (cache)")
        .hasMessageContaining("doppel data fetch")
        .hasMessageContaining("--synthetic");
  }

  private Path found(@Nullable Path named, Map<String, String> environment) {
    return OmniglotSource.of(named, environment, work, home).read(TinyOmniglot.SHAPE).folder();
  }

  private static Path set(Path folder) {
    return new TinyOmniglot().zipped(folder);
  }
}
