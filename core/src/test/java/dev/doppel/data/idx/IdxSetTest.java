package dev.doppel.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.RealData;
import dev.doppel.data.Sample;
import dev.doppel.error.DataException;
import dev.doppel.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxSetTest {

  @TempDir private Path temp = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void threeImagesOfThreeByTwo() throws IOException {
    folder = Files.createDirectory(temp.resolve("digits"));
    byte[] pixels = new byte[18];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (10 * i);
    }
    write("t10k-images-idx3-ubyte", file(0x803, new int[] {3, 2, 3}, pixels));
    write("t10k-labels-idx1-ubyte", file(0x801, new int[] {3}, new byte[] {7, 0, 7}));
  }

  private static byte[] file(int magic, int[] lengths, byte[] values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * lengths.length + values.length);
    file.putInt(magic);
    for (int length : lengths) {
      file.putInt(length);
    }
    return file.put(values).array();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private Dataset read() {
    return IdxSet.read(folder, IdxPart.TEST);
  }

  @Test
  void labelsAreClassesAndWhiteOnBlackBecomesInkOnPaper() {
    Dataset data = read();

    assertThat(data.name()).isEqualTo("digits test images");
    assertThat(data.synthetic()).isFalse();
    assertThat(data.classes()).extracting(ImageClass::name).containsExactly("0", "7");
    assertThat(data.samples())
        .extracting(Sample::id)
        .containsExactly("digits/0/01", "digits/7/01", "digits/7/02");
    Image second = data.classes().get(0).samples().get(0).image();
    assertThat(second.width()).isEqualTo(3);
    assertThat(second.height()).isEqualTo(2);
    assertThat(second.sample(0, 0, 0)).isEqualTo(255 - 60);
    assertThat(second.sample(2, 1, 0)).isEqualTo(255 - 110);
  }

  @Test
  void packedFilesReadTheSame() throws IOException {
    Dataset plain = read();
    for (String name : new String[] {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(Files.readAllBytes(folder.resolve(name)));
      }
      write(name + ".gz", packed.toByteArray());
      Files.delete(folder.resolve(name));
    }

    assertThat(read()).isEqualTo(plain);
  }

  @Test
  void filesNamedAsEmnistsAreFound() throws IOException {
    for (String kind : new String[] {"images-idx3-ubyte", "labels-idx1-ubyte"}) {
      Files.move(folder.resolve("t10k-" + kind), folder.resolve("emnist-letters-test-" + kind));
    }

    assertThat(read().classes()).hasSize(2);
  }

  @Test
  void anotherTypeIsRefused() throws IOException {
    write("t10k-images-idx3-ubyte", file(0xD03, new int[] {3, 2, 3}, new byte[18]));
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("begins with 00000d03")
        .hasMessageContaining("begin with 00000803");
  }

  @Test
  void aClaimOfTooMuchIsRefusedBeforeItIsUnpacked() throws IOException {
    write("t10k-images-idx3-ubyte", file(0x803, new int[] {1 << 20, 1 << 10, 28}, new byte[1]));
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("claims axes of [1048576, 1024, 28]");
    write("t10k-images-idx3-ubyte", file(0x803, new int[] {3, -2, 3}, new byte[18]));
    assertThatThrownBy(this::read).hasMessageContaining("claims axes of [3, -2]");
  }

  @Test
  void whatIsCutOffOrGoesOnIsRefused() throws IOException {
    write("t10k-images-idx3-ubyte", file(0x803, new int[] {3, 2, 3}, new byte[17]));
    assertThatThrownBy(this::read).hasMessageContaining("fewer than the 18 values");
    write("t10k-images-idx3-ubyte", file(0x803, new int[] {3, 2, 3}, new byte[19]));
    assertThatThrownBy(this::read).hasMessageContaining("more than the 18 values");
    write("t10k-images-idx3-ubyte", new byte[] {0, 0, 8, 3, 0});
    assertThatThrownBy(this::read).hasMessageContaining("ends within its head");
  }

  @Test
  void imagesAndLabelsMustMatch() throws IOException {
    write("t10k-labels-idx1-ubyte", file(0x801, new int[] {2}, new byte[] {7, 0}));
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 images")
        .hasMessageContaining("2 labels");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> IdxSet.read(folder, IdxPart.TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no file of training images")
        .hasMessageContaining("train-images-idx3-ubyte");
    Path empty = temp.resolve("none");
    assertThatThrownBy(() -> IdxSource.of(empty, Map.of(), temp).read(IdxPart.TEST))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("--idx");
  }

  @Test
  void theUsualPlacesAreThoseOfOmniglot() {
    assertThat(IdxSource.of(folder, Map.of("DOPPEL_DATA", "x"), temp).places())
        .containsExactly(folder);
    assertThat(IdxSource.of(null, Map.of("DOPPEL_DATA", "x"), temp).places())
        .containsExactly(temp.resolve("x/mnist"));
    assertThat(IdxSource.of(null, Map.of(), temp.resolve("here")).places())
        .containsExactly(temp.resolve("here/data/mnist"), temp.resolve("shared/data/mnist"));
  }

  @Test
  @Tag("real-data")
  void mnistIsRead() {
    RealData.set("mnist")
        .ifPresent(
            mnist -> {
              Dataset test = IdxSet.read(mnist, IdxPart.TEST);
              assertThat(test.classes())
                  .extracting(ImageClass::name)
                  .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
              assertThat(test.samples()).hasSize(10_000);
              assertThat(test.samples().map(Sample::image))
                  .allMatch(image -> image.sample(0, 0, 0) == 255); // paper at the corner
            });
  }
}
