package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.data.RealData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class folders of photographs; figures only, never a picture or a name. */
@Tag("real-data")
class FolderRealDataTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void facesInPgmAreReadPersonByPerson() throws IOException {
    if (!unpacked("att_faces")) {
      return;
    }

    JsonNode json = CommandLineRun.of("data", "check", "--data", folder, "--json").json();

    assertThat(json.get("whole").asBoolean()).isTrue();
    assertThat(json.get("classes")).hasSize(40);
    assertThat(json.get("classes"))
        .allSatisfy(
            each -> {
              assertThat(each.get("images").asInt()).isEqualTo(10);
              assertThat(each.get("smallest").asInt()).isEqualTo(92);
              assertThat(each.get("largest").asInt()).isEqualTo(112);
              assertThat(each.get("coloured").asInt()).isZero();
            });
  }

  /** Takes minutes: {@code ./mvnw verify -Dgroups=slow -DexcludedGroups=}. */
  @Test
  @Tag("slow")
  void afterFiveEpochsClassesNeverSeenAreToldApartBetterThanByPixels() throws IOException {
    if (!unpacked("cifar_fs_subset")) {
      return;
    }
    Path model = folder.resolve("model.onnx");

    CommandLineRun run =
        CommandLineRun.of(
            "train",
            "--data",
            folder.resolve("train"),
            "--size",
            "32",
            "--epochs",
            "5",
            "--out",
            model);
    assertThat(run.exit()).as(run.err()).isZero();

    JsonNode trained = score(model);
    JsonNode pixels = score("--matcher", "pixel-cosine");
    assertThat(trained.at("/interval/0").asDouble())
        .as("%s against %s", trained, pixels)
        .isGreaterThan(pixels.at("/interval/1").asDouble());
  }

  private JsonNode score(Object... who) {
    Object[] line = new Object[who.length + 8];
    System.arraycopy(
        new Object[] {
          "evaluate",
          "--data",
          folder.resolve("test"),
          "--protocol",
          "episodes",
          "--ways",
          "5",
          "--json"
        },
        0,
        line,
        0,
        8);
    System.arraycopy(who, 0, line, 8, who.length);
    CommandLineRun run = CommandLineRun.of(line);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.json().at("/scores/0");
  }

  /** Unpacks a set's archive into the folder; whether it is here at all. */
  private boolean unpacked(String set) throws IOException {
    Optional<Path> here = RealData.set(set);
    if (here.isEmpty()) {
      return false;
    }
    try (ZipFile zip = new ZipFile(here.get().resolve(set + ".zip").toFile())) {
      for (ZipEntry entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
        Path file = folder.resolve(entry.getName()).normalize();
        assertThat(file.startsWith(folder)).isTrue();
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
    return true;
  }
}
