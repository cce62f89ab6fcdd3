package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFilesTest {

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void layOut() throws IOException {
    for (String file :
        List.of(
            "b.png", "a.PNG", "c.txt", "sub/d.jpg", "sub/deep/e.png", ".git/f.png", "[x].png")) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
    Files.createDirectories(folder.resolve("empty"));
  }

  private List<String> found(String... words) {
    return PictureFiles.of(Stream.of(words).map(word -> folder + "/" + word).toList()).stream()
        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.png|[x].png b.png",
        "?.{png,PNG}|a.PNG b.png",
        "**|[x].png a.PNG b.png sub/d.jpg sub/deep/e.png",
        "**/*.png|[x].png b.png sub/deep/e.png",
        "*/*.jpg|sub/d.jpg",
        "sub/**/e.*|sub/deep/e.png",
        "s*|sub/d.jpg sub/deep/e.png",
        "[x].png|[x].png",
        "[ab].*|a.PNG b.png",
        "sub|sub/d.jpg sub/deep/e.png",
      })
  void globsAndFoldersStandForTheirPictures(String word, String files) {
    assertThat(found(word)).containsExactly(files.split(" ", -1));
  }

  @Test
  void eachFileComesOnceInTheOrderOfTheWords() {
    assertThat(found("sub", "*.png", "b.png"))
        .containsExactly("sub/d.jpg", "sub/deep/e.png", "[x].png", "b.png");
  }

  @Test
  void aFileThatIsNamedIsTakenWhateverItsName() {
    assertThat(found("c.txt", "none.png")).containsExactly("c.txt", "none.png");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.gif|Nothing matches",
        "*.txt|No picture matches",
        "none/*.png|there is no folder",
        "empty|No picture in folder",
        "[a.png|is no glob",
      })
  void whatStandsForNothingIsRefused(String word, String message) {
    assertThatThrownBy(() -> found(word))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }
}
