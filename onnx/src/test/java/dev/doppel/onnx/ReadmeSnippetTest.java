package dev.doppel.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeSnippetTest {

  private static final Path README = Path.of("../README.md");
  private static final Path SOURCE = Path.of("src/test/java/dev/doppel/onnx/ReadmeSnippet.java");

  @Test
  void theReadmeShowsTheCodeThatRunsHere() throws IOException {
    String shown = between("<!-- snippet begins -->", "<!-- snippet ends -->", README);

    assertThat(shown.strip())
        .startsWith("```java\n")
        .endsWith("\n```")
        .isEqualTo(
            "```java\n"
                + between("// snippet begins", "// snippet ends", SOURCE).strip()
                + "\n```");
  }

  /** What stands between two lines, moved to the left margin. */
  private static String between(String begin, String end, Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> stripped = lines.stream().map(String::strip).toList();
    assertThat(stripped).as("marks in " + file).containsOnlyOnce(begin, end);
    return lines.subList(stripped.indexOf(begin) + 1, stripped.indexOf(end)).stream()
        .collect(Collectors.joining("\n"))
        .stripIndent();
  }

  @Test
  void theSnippetKnowsAnImageItWasShown(@TempDir Path folder) throws Exception {
    prepare(folder, 2);

    assertThat(run(folder)).isEqualTo("ta\n");
  }

  @Test
  void theSnippetSaysWhenItWasShownNothingAlike(@TempDir Path folder) throws Exception {
    prepare(folder, 5);

    assertThat(run(folder)).isEqualTo("neither\n");
  }

  /** A model that nobody trained, which accepts what is all but the same. */
  private static void prepare(Path folder, int unknown) throws IOException {
    Sketch tiny = Sketch.tiny();
    new Sketch(
            tiny.architecture(),
            tiny.weights(),
            tiny.preprocess(),
            new Head.Euclidean(),
            new Calibration(-1e-4, 1e5, 10),
            tiny.provenance())
        .write(folder.resolve("model.onnx"));
    bar(folder.resolve("ka.png"), 0);
    bar(folder.resolve("ta.png"), 2);
    bar(folder.resolve("unknown.png"), unknown);
  }

  /** A vertical stroke of two columns on white. */
  private static void bar(Path file, int from) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        image.setRGB(x, y, x == from || x == from + 1 ? 0 : 0xFFFFFF);
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }

  /** In a process of its own, since the snippet's paths are those of the working directory. */
  private static String run(Path folder) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path printed = folder.resolve("printed.txt");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                ReadmeSnippet.class.getName())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    int code = process.waitFor();
    String output = Files.readString(printed, UTF_8).replace("\r\n", "\n");
    assertThat(code).as(output).isZero();
    return output;
  }

  private static String absolute(String classPath) {
    return List.of(classPath.split(File.pathSeparator)).stream()
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
