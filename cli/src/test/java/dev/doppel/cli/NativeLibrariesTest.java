package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Sets properties of the process, which other tests read. */
@Isolated
class NativeLibrariesTest {

  private static final List<String> KEYS =
      List.of(
          NativeLibraries.FOLDER,
          "onnxruntime.native.path",
          "org.sqlite.lib.path",
          "org.sqlite.tmpdir");

  @TempDir private Path folder = Path.of("");
  private final List<String> said = new ArrayList<>();
  private final List<String> before = new ArrayList<>();

  @BeforeEach
  void unpack() throws IOException {
    KEYS.forEach(key -> before.add(System.getProperty(key, "")));
    KEYS.forEach(System::clearProperty);
    NativeLibraries.unpack(folder);
    System.setProperty(NativeLibraries.FOLDER, folder.toString());
  }

  @AfterEach
  void restore() {
    for (int i = 0; i < KEYS.size(); i++) {
      if (before.get(i).isEmpty()) {
        System.clearProperty(KEYS.get(i));
      } else {
        System.setProperty(KEYS.get(i), before.get(i));
      }
    }
  }

  private List<String> index() throws IOException {
    return Files.readAllLines(folder.resolve("index"));
  }

  @Test
  void whatIsWholeIsUsed() throws IOException {
    NativeLibraries.use(said::add);

    assertThat(said).isEmpty();
    if (!index().isEmpty()) { // a platform that is known
      assertThat(System.getProperty("onnxruntime.native.path")).isEqualTo(folder.toString());
      assertThat(System.getProperty("org.sqlite.lib.path")).isEqualTo(folder.toString());
      assertThat(index()).hasSize(3).allSatisfy(line -> assertThat(line).contains("lib"));
    }
  }

  @Test
  void whatIsCutShortIsNotUsedAndSaidSo() throws IOException {
    for (String line : index()) {
      Files.write(folder.resolve(line.split(" ", -1)[2]), new byte[3]);
    }
    NativeLibraries.use(said::add);

    assertThat(System.getProperty("onnxruntime.native.path")).isNull();
    assertThat(said).hasSize(index().isEmpty() ? 0 : 1).allMatch(s -> s.contains("has 3 bytes of"));
  }

  @Test
  void whatWasNeverUnpackedIsSaidSo() throws IOException {
    Files.delete(folder.resolve("index"));
    NativeLibraries.use(said::add);

    assertThat(said).hasSize(1).first().asString().contains("index", "not whole");
    assertThat(System.getProperty("org.sqlite.lib.path")).isNull();
  }

  @Test
  void everyPlatformsLibrariesAreInTheirJars() {
    for (String os : List.of("linux", "windows 11", "mac os x")) {
      boolean arm = os.startsWith("mac");
      assertThat(NativeLibraries.resources(os, arm)).as(os).hasSize(3);
      for (String resource : NativeLibraries.resources(os, arm)) {
        assertThat(NativeLibraries.class.getClassLoader().getResource(resource))
            .as(resource)
            .isNotNull();
      }
    }
  }

  @Test
  void whoNamesAFolderOfTheirOwnIsObeyed() {
    System.setProperty("onnxruntime.native.path", "/elsewhere");
    NativeLibraries.use(said::add);

    assertThat(System.getProperty("onnxruntime.native.path")).isEqualTo("/elsewhere");
  }

  @Test
  void withoutTheLauncherNothingIsSet() {
    System.clearProperty(NativeLibraries.FOLDER);
    NativeLibraries.use(said::add);

    assertThat(said).isEmpty();
    assertThat(System.getProperty("onnxruntime.native.path")).isNull();
  }
}
