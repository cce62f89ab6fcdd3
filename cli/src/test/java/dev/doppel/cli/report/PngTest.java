package dev.doppel.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.image.Raster;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {

  @Test
  void anotherReaderSeesTheSamePicture() throws IOException {
    Raster colour = new Raster(2, 1, 3, new byte[] {0, 10, 20, (byte) 200, (byte) 250, (byte) 255});

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.of(colour)));

    assertThat(read.getWidth()).isEqualTo(2);
    assertThat(read.getHeight()).isEqualTo(1);
    assertThat(read.getRGB(0, 0)).isEqualTo(0xFF000A14);
    assertThat(read.getRGB(1, 0)).isEqualTo(0xFFC8FAFF);
  }

  @Test
  void theAddressHoldsTheFile() {
    Raster grey = new Raster(1, 2, 1, new byte[] {0, (byte) 255});

    String uri = Png.uri(grey);

    assertThat(uri).startsWith("data:image/png;base64,");
    assertThat(Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1)))
        .isEqualTo(Png.of(grey));
  }
}
