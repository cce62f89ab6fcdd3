package dev.doppel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.DataException;
import dev.doppel.image.Preprocess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageEmbedderTest {

  private static final int FILES = 333;

  @TempDir private Path folder = Path.of("");
  private final List<Path> files = new ArrayList<>();
  private final FirstPixel encoder = new FirstPixel();

  /** Embeds a picture of one pixel as its value. */
  private static final class FirstPixel implements Encoder {

    private final AtomicInteger largestBatch = new AtomicInteger();

    @Override
    public Preprocess preprocess() {
      return new Preprocess(1, 1, 1, false, false, List.of(0f), List.of(1 / 255f));
    }

    @Override
    public int dim() {
      return 1;
    }

    @Override
    public float[] embed(float[] planes, int count) {
      largestBatch.accumulateAndGet(count, Math::max);
      assertThat(planes).hasSize(count);
      return planes.clone();
    }
  }

  @BeforeEach
  void writeOnePixelEach() throws IOException {
    for (int i = 0; i < FILES; i++) {
      String pgm = "P2 1 1 255 " + i % 256 + "\n";
      files.add(Files.writeString(folder.resolve(i + ".pgm"), pgm, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void rowsComeInTheOrderOfTheFilesOnAnyNumberOfLanes() {
    for (int lanes : new int[] {1, 2, 5}) {
      Embeddings rows = new ImageEmbedder(encoder, lanes).embed(files);

      assertThat(rows.count()).isEqualTo(FILES);
      for (int i = 0; i < FILES; i++) {
        assertThat(Math.round(rows.row(i)[0])).isEqualTo(i % 256);
      }
    }
    assertThat(encoder.largestBatch.get()).isLessThanOrEqualTo(64);
  }

  @Test
  void aFileThatIsNoPictureEndsItByName() throws IOException {
    Files.writeString(files.get(200), "no picture");

    assertThatThrownBy(() -> new ImageEmbedder(encoder, 2).embed(files))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("200.pgm");
  }

  @Test
  void filesThatAreNoPicturesCanBePassedOver() throws IOException {
    Files.writeString(files.get(0), "no picture");
    Files.delete(files.get(200));
    List<Path> told = new ArrayList<>();
    List<Path> refused = new ArrayList<>();

    new ImageEmbedder(encoder, 2)
        .embed(
            files,
            new ImageEmbedder.Receiver() {
              @Override
              public void embedded(Path file, byte[] content, float[] row) {
                told.add(file);
                assertThat(content).asString(StandardCharsets.US_ASCII).startsWith("P2 1 1 255 ");
                assertThat(Math.round(row[0])).isEqualTo(files.indexOf(file) % 256);
              }

              @Override
              public void refused(Path file, DataException why) {
                refused.add(file);
                assertThat(why).hasMessageContaining(file.toString());
              }
            });

    assertThat(refused).containsExactly(files.get(0), files.get(200));
    List<Path> others = new ArrayList<>(files);
    others.removeAll(refused);
    assertThat(told).isEqualTo(others);
  }

  @Test
  void whatTheReceiverThrowsEndsIt() {
    IllegalStateException full = new IllegalStateException("the disk is full");

    assertThatThrownBy(
            () ->
                new ImageEmbedder(encoder, 2)
                    .embed(
                        files,
                        (file, content, row) -> {
                          throw full;
                        }))
        .isSameAs(full);
  }

  @Test
  void noFilesHaveNoRows() {
    assertThat(new ImageEmbedder(encoder).embed(List.of()).count()).isZero();
  }
}
