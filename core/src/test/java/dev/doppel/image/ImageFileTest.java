package dev.doppel.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

  private final Path folder;

  ImageFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "png, BINARY",
    "png, GREY",
    "png, RGB",
    "bmp, RGB",
    "bmp, GREY",
    "gif, GREY",
    "gif, BINARY",
    "png, GREY16",
    "png, INDEXED"
  })
  void losslessFormatsKeepEverySample(String format, String kind) throws IOException {
    BufferedImage picture = picture(kind, 37, 23);
    Path file = folder.resolve("a." + format);
    assertThat(ImageIO.write(picture, format, file.toFile())).isTrue();
    Image image = ImageFile.read(file);
    assertThat(image.width()).isEqualTo(37);
    assertThat(image.height()).isEqualTo(23);
    assertThat(image.channels()).isEqualTo(kind.equals("RGB") || kind.equals("INDEXED") ? 3 : 1);
    for (int y = 0; y < 23; y++) {
      for (int x = 0; x < 37; x++) {
        for (int channel = 0; channel < image.channels(); channel++) {
          assertThat(image.sample(x, y, channel))
              .as("%d, %d, %d", x, y, channel)
              .isEqualTo(sample(picture, kind, x, y, channel));
        }
      }
    }
  }

  @Test
  void aPhotographComesOutCloseToWhatWentIn() throws IOException {
    BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1600; i++) {
      picture.setRGB(i % 40, i / 40, (i % 40) * 0x60000 + (i / 40) * 0x600 + 100);
    }
    Image image = ImageFile.decode("photo", bytes(picture, "jpg"));
    assertThat(image.channels()).isEqualTo(3);
    assertThat(image.sample(20, 30, 0)).isBetween(110, 130);
    assertThat(image.sample(20, 30, 1)).isBetween(170, 190);
  }

  @Test
  void whatIsTransparentLiesOverWhite() throws IOException {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, 0x00000000);
    picture.setRGB(1, 0, 0x80FF0000);
    Image image = ImageFile.decode("clear", bytes(picture, "png"));
    assertThat(samples(image)).containsExactly(255, 255, 255, 255, 127, 127);
  }

  @Test
  void greyThatIsHalfTransparentLiesOverWhiteToo() throws IOException {
    // Grey with alpha, 8 bits, 2×1: black at 255, black at 0.
    byte[] file = png(2, 1, 8, 4, new byte[] {0, 0, (byte) 255, 0, 0});
    assertThat(samples(ImageFile.decode("grey", file))).containsExactly(0, 255);
  }

  @Test
  void aGreyPictureSavedInColourHasOneChannel() throws IOException {
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, 0x404040);
    assertThat(samples(ImageFile.decode("grey", bytes(picture, "png")))).containsExactly(0x40);
  }

  @Test
  void everyRowFilterOfPngIsUndone() throws IOException {
    // Five rows of three samples, one for each filter; the pixels are 10, 20, 30 + 5 a row.
    byte[] rows = {
      0, 10, 20, 30, // none
      1, 15, 10, 10, // left
      2, 5, 5, 5, // above
      3, 15, 8, 8, // the mean of both, rounded down
      4, 5, 5, 5 // Paeth: above is nearest
    };
    Image image = ImageFile.decode("filters", png(3, 5, 8, 0, rows));
    assertThat(samples(image))
        .containsExactly(10, 20, 30, 15, 25, 35, 20, 30, 40, 25, 35, 45, 30, 40, 50);
  }

  @Test
  void theQuickReaderAgreesWithImageIo() throws IOException {
    for (int i = 0; i < 60; i++) {
      Draws draws = Seed.of(4).at(i).draws();
      BufferedImage picture =
          picture(draws.chance(0.5) ? "BINARY" : "GREY", 1 + draws.below(70), 1 + draws.below(50));
      Image image = ImageFile.decode("random", bytes(picture, "png"));
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < picture.getWidth(); x++) {
          int raw = picture.getRaster().getSample(x, y, 0);
          assertThat(image.sample(x, y, 0)).isEqualTo(image instanceof Bitmap ? raw * 255 : raw);
        }
      }
    }
  }

  @Test
  void greymapsAreRead() {
    assertThat(samples(ImageFile.decode("p5", pgm("P5\n# by hand\n3 1\n255\n", 0, 128, 255))))
        .containsExactly(0, 128, 255);
    assertThat(samples(ImageFile.decode("p5", pgm("P5 2 1 65535\n", 0x80, 0x80, 0xFF, 0xFF))))
        .containsExactly(128, 255);
    assertThat(samples(ImageFile.decode("p2", pgm("P2\n2 2 # odd\n15\n0 5\n10 15\n"))))
        .containsExactly(0, 85, 170, 255);
  }

  @Test
  void damagedGreymapsAreRefused() {
    assertRefused(pgm("P5\n3 1\n255\n", 0, 128), "its last 1 bytes are missing");
    assertRefused(pgm("P5\n3 x"), "its height is missing");
    assertRefused(pgm("P5\n0 3 255\n"), "it claims 0×3 pixels");
    assertRefused(pgm("P5\n99999 99999 255\n"), "too large, 99999×99999 pixels");
    assertRefused(pgm("P5\n1 1 99999\n", 1), "its brightest value is 99999");
    assertRefused(pgm("P2\n2 1 255\n7"), "its last 2 bytes are missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void aFileThatIsCutOffIsRefused(String format) throws IOException {
    for (String kind : new String[] {"RGB", "GREY"}) {
      byte[] whole = bytes(picture(kind, 60, 60), format);
      for (int percent = 5; percent <= 95; percent += 10) {
        byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
        assertThatThrownBy(() -> ImageFile.decode("cut." + format, cut))
            .as("%s %s, %d %%", kind, format, percent)
            .isInstanceOf(DataException.class)
            .hasMessageContaining("cut." + format);
      }
    }
  }

  @Test
  void aFlippedBitOfAPngIsNoticed() throws IOException {
    byte[] file = bytes(picture("GREY", 20, 20), "png");
    file[60] ^= 4;
    assertRefused(file, "checksum");
  }

  @Test
  void aSmallFileThatClaimsAHugePictureIsRefusedUnopened() throws IOException {
    assertRefused(png(20_000, 20_000, 8, 0, new byte[10]), "too large, 20000×20000 pixels");
    assertRefused(png(20_000, 20_000, 8, 2, new byte[10]), "too large, 20000×20000 pixels");
  }

  @Test
  void aFileTooSmallForItsPixelsIsRefusedBeforeTheyAreUnpacked() throws IOException {
    assertRefused(png(4000, 4000, 8, 0, new byte[10]), "cannot hold its pixels");
    assertRefused(png(4000, 4000, 8, 2, new byte[10]), "cannot hold its pixels");
    assertRefused(pgm("P5\n4000 4000 255\n1"), "its last 15999999 bytes are missing");
    assertRefused(pgm("P2\n4000 4000 255\n1"), "bytes are missing");
  }

  @Test
  void pixelsInManySmallPartsAreReadOnceEach() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] whole = png(300, 300, 8, 0, new byte[301 * 300]);
    out.write(whole, 0, 33);
    for (int i = 0; i < 300_000; i++) {
      chunk(out, "IDAT", new byte[0]);
    }
    out.write(whole, 33, whole.length - 33);
    assertThat(ImageFile.decode("parts", out.toByteArray()).width()).isEqualTo(300);
  }

  @Test
  void aSecondHeaderIsRefused() throws IOException {
    byte[] small = png(1, 1, 8, 0, new byte[2]);
    byte[] large = png(9, 9, 8, 0, new byte[90]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(small, 0, 33);
    out.write(large, 8, large.length - 8);
    assertRefused(out.toByteArray(), "its header is not where it must be");
  }

  @Test
  void formsThatAreNotOfferedAreNoPictures() throws IOException {
    assertRefused(bytes(picture("RGB", 5, 5), "tiff"), "a TIFF picture, a format that cannot");
  }

  @Test
  void aBmpThatClaimsAHugePictureIsToldSoInOurWords() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 'B').put((byte) 'M').putInt(10, 54).putInt(14, 40);
    header.putInt(18, 50_000).putInt(22, -50_000).putShort(26, (short) 1).putShort(28, (short) 24);
    Path huge = Files.write(folder.resolve("huge.bmp"), header.array());
    assertThatThrownBy(() -> ImageFile.read(huge))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "too large, 50000×50000 pixels. A picture may have 40 million pixels. Make it smaller");

    Path odd = Files.write(folder.resolve("odd.bmp"), header.putInt(18, 3).putInt(22, 3).array());
    assertThatThrownBy(() -> ImageFile.read(Files.write(odd, header.putInt(14, 9).array())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not follow the rules of its format")
        .hasMessageNotContaining("null");
  }

  @Test
  void aPictureWithinABmpIsNotOpened() throws IOException {
    byte[] file = bytes(picture("RGB", 5, 5), "bmp");
    file[30] = 5; // packed as PNG
    assertRefused(file, "packed in a way that is not read");
    file[30] = 0;
    file[13] = 0x7F;
    assertRefused(file, "its pixels begin after its end");
  }

  @Test
  void aPhotographOfVeryManyScansIsRefused() throws IOException {
    byte[] file = bytes(picture("RGB", 16, 16), "jpg");
    int scan = 0;
    while (file[scan] != (byte) 0xFF || file[scan + 1] != (byte) 0xDA) {
      scan++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, scan);
    for (int i = 0; i < 100; i++) {
      out.write(file, scan, file.length - scan - 2);
    }
    out.write(file, file.length - 2, 2);
    assertRefused(out.toByteArray(), "it has 100 scans, where 64 are allowed");
  }

  @Test
  void whoAsksHearsOfThePixelsBeforeTheyAreUnpacked() throws IOException {
    for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
      for (String kind : new String[] {"GREY", "RGB"}) {
        byte[] file = bytes(picture(kind, 30, 20), format);
        List<Long> told = new ArrayList<>();
        ImageFile.decode("told", file, told::add);
        assertThat(told).containsExactly(600L);
        assertThatThrownBy(
                () ->
                    ImageFile.decode(
                        "refused",
                        file,
                        pixels -> {
                          throw new OptionException("too large", "less", "less");
                        }))
            .isInstanceOf(OptionException.class);
      }
    }
  }

  @Test
  void pixelsThatEndTooEarlyAreNoticed() throws IOException {
    assertRefused(png(4, 4, 8, 0, new byte[7]), "its pixels end after 7 of 20 bytes");
  }

  @Test
  void whatIsNoPictureIsRefused() {
    assertRefused(new byte[0], "the file is empty (0 bytes)");
    assertRefused("hello".getBytes(StandardCharsets.UTF_8), "not a picture");
    assertRefused("P5".getBytes(StandardCharsets.UTF_8), "not a picture");
    assertRefused(new byte[] {(byte) 0x89, 'P'}, "not a picture");
  }

  @Test
  void missingFilesFoldersAndHugeFilesAreRefused() throws IOException {
    assertThatThrownBy(() -> ImageFile.read(folder.resolve("none.png")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> ImageFile.read(folder)).hasMessageContaining("is a folder");
    Path huge = folder.resolve("huge.png");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(ImageFile.MAX_BYTES + 1);
    }
    assertThatThrownBy(() -> ImageFile.read(huge)).hasMessageContaining("may have 64 MB");
    Files.delete(huge);
  }

  private static void assertRefused(byte[] content, String why) {
    assertThatThrownBy(() -> ImageFile.decode("bad", content))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("bad: ")
        .hasMessageContaining(why);
  }

  private static int[] samples(Image image) {
    int[] samples = new int[image.width() * image.height() * image.channels()];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / image.channels();
      samples[i] = image.sample(pixel % image.width(), pixel / image.width(), i % image.channels());
    }
    return samples;
  }

  private static byte[] pgm(String header, int... samples) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(text, text.length + samples.length);
    for (int i = 0; i < samples.length; i++) {
      file[text.length + i] = (byte) samples[i];
    }
    return file;
  }

  private static BufferedImage picture(String kind, int width, int height) {
    int type =
        switch (kind) {
          case "BINARY" -> BufferedImage.TYPE_BYTE_BINARY;
          case "GREY" -> BufferedImage.TYPE_BYTE_GRAY;
          case "GREY16" -> BufferedImage.TYPE_USHORT_GRAY;
          case "INDEXED" -> BufferedImage.TYPE_BYTE_INDEXED;
          default -> BufferedImage.TYPE_INT_RGB;
        };
    BufferedImage picture = new BufferedImage(width, height, type);
    Draws draws = Seed.of(5).draws();
    int values = kind.equals("BINARY") ? 2 : kind.equals("GREY16") ? 65_536 : 256;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (kind.equals("RGB") || kind.equals("INDEXED")) {
          picture.setRGB(x, y, draws.below(1 << 24));
        } else {
          picture.getRaster().setSample(x, y, 0, draws.below(values));
        }
      }
    }
    return picture;
  }

  private static int sample(BufferedImage picture, String kind, int x, int y, int channel) {
    int raw = picture.getRaster().getSample(x, y, 0);
    return switch (kind) {
      case "BINARY" -> raw * 255;
      case "GREY" -> raw;
      case "GREY16" -> raw * 255 / 65_535;
      default -> picture.getRGB(x, y) >> (16 - 8 * channel) & 0xFF;
    };
  }

  private static byte[] bytes(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, out)).isTrue();
    return out.toByteArray();
  }

  /** A PNG written by hand. */
  private static byte[] png(int width, int height, int depth, int colour, byte[] rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(out, "IHDR", header.put((byte) depth).put((byte) colour).array());
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var deflater = new java.util.zip.DeflaterOutputStream(packed)) {
      deflater.write(rows);
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.write(ByteBuffer.allocate(4).putInt(content.length).array());
    out.write(name);
    out.write(content);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
