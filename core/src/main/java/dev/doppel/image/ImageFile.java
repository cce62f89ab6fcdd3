package dev.doppel.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.function.LongConsumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Picture files: PNG, JPEG, GIF (its first frame), BMP and PGM, read into an {@link Image}.
 *
 * <p>What is transparent is laid over white. A picture whose every pixel is grey has one channel.
 * The header is checked before anything is unpacked, so a small file that claims a huge picture
 * costs nothing. Thread-safe.
 */
public final class ImageFile {

  /** The largest file that is read. */
  static final long MAX_BYTES = 64L << 20;

  /** The largest picture that is unpacked. */
  static final long MAX_PIXELS = 40_000_000;

  private static final String FORMATS = "PNG, JPEG, GIF, BMP and PGM pictures can be read";

  private ImageFile() {}

  /**
   * Reads a file.
   *
   * @throws DataException if it is missing, empty, no picture, damaged or too large
   */
  public static Image read(Path file) {
    return decode(file.toString(), content(file));
  }

  /**
   * A file's bytes, to keep beside what {@link #decode} makes of them.
   *
   * @throws DataException if it is missing, too large or no plain file
   */
  public static byte[] content(Path file) {
    String name = shown(file.toString());
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      if (is.isDirectory()) {
        throw new DataException(name + " is a folder", FORMATS, "Name a file in it");
      }
      if (!is.isRegularFile()) { // to read a pipe may take for ever
        throw new DataException(
            name + " is a pipe or a device", FORMATS, "Save the picture in a file, and name that");
      }
      if (is.size() > MAX_BYTES) {
        throw new DataException(
            "%s: %d MB".formatted(name, is.size() >> 20),
            "A picture file may have " + (MAX_BYTES >> 20) + " MB",
            "Save it smaller");
      }
      return bytes(file, (int) is.size());
    } catch (NoSuchFileException e) {
      throw new DataException(name + ": there is no such file", FORMATS, "Check its name", e);
    } catch (IOException e) {
      throw new DataException(
          name + " cannot be read (" + Reason.of(e) + ")",
          FORMATS,
          "Check that you may read it",
          e);
    }
  }

  /** What a file is that no decoder knows. */
  private static String foreign(byte[] content) {
    String head = new String(content, 0, Math.min(12, content.length), ISO_8859_1);
    if (head.matches("(?s)RIFF....WEBP")) {
      return "a WebP picture, a format that cannot be read";
    } else if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
      return "a TIFF picture, a format that cannot be read";
    }
    return "not a picture";
  }

  /** A name on one line, for an error is a sentence. */
  private static String shown(String name) {
    return name.replace("\n", "\\n");
  }

  /** A file's first bytes: less work for the system than to look for its end. */
  private static byte[] bytes(Path file, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      while (bytes.hasRemaining()) {
        if (in.read(bytes) < 0) {
          return Arrays.copyOf(bytes.array(), bytes.position()); // it was cut meanwhile
        }
      }
    }
    return bytes.array();
  }

  /**
   * Decodes a file's content.
   *
   * @param name how errors call it
   * @throws DataException if it is empty, no picture, damaged or too large
   */
  public static Image decode(String name, byte[] content) {
    return decode(name, content, pixels -> {});
  }

  /**
   * Decodes a file's content with a say in how large it may be.
   *
   * @param named how errors call it
   * @param room is told the number of pixels that the header claims, before any is unpacked; it may
   *     wait until there is room for them, or refuse by an exception, which comes through as it is
   * @throws DataException if it is empty, no picture, damaged or too large
   */
  public static Image decode(String named, byte[] content, LongConsumer room) {
    String name = shown(named);
    if (content.length == 0) {
      throw new DataException(name + ": the file is empty (0 bytes)", FORMATS, "Fetch it again");
    }
    Told told = new Told(room);
    try {
      Image image = GreyPng.decode(content, told);
      if (image == null) {
        image = Netpbm.decode(content, told);
      }
      if (image == null) {
        image = withImageIo(content, told);
      }
      if (image == null) {
        throw new DataException(name + ": " + foreign(content), FORMATS, "Name a picture file");
      }
      return image;
    } catch (TooLarge e) {
      throw new DataException(
          "%s: the picture is too large, %d×%d pixels".formatted(name, e.width, e.height),
          "A picture may have %d million pixels".formatted(MAX_PIXELS / 1_000_000),
          "Make it smaller: a network reads far fewer",
          e);
    } catch (GreyPng.Broken e) {
      throw damaged(name, String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException already) {
        throw already;
      } else if (told.refusal != null) {
        throw told.refusal;
      }
      throw damaged(name, "its content does not follow the rules of its format", e);
    }
  }

  private static DataException damaged(String name, String how, Exception cause) {
    return new DataException(
        name + ": the picture is damaged, " + how, FORMATS, "Fetch or save it again", cause);
  }

  /** Refuses pictures that are empty or too large to unpack. */
  static void checkSize(int width, int height, LongConsumer room) throws GreyPng.Broken {
    if (width >= 1 && height >= 1) {
      room.accept((long) width * height); // whoever allows fewer says so in their own words
    }
    if (width < 1 || height < 1) {
      throw new GreyPng.Broken("it claims %d×%d pixels".formatted(width, height));
    }
    if ((long) width * height > MAX_PIXELS) {
      throw new TooLarge(width, height);
    }
  }

  private static @Nullable Image withImageIo(byte[] content, LongConsumer room)
      throws IOException, GreyPng.Broken {
    PictureForm form = PictureForm.of(content);
    if (form == null) {
      return null;
    }
    form.check(content);
    ImageReader reader = ImageIO.getImageReadersByFormatName(form.format()).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(in, true, true);
      checkSize(reader.getWidth(0), reader.getHeight(0), room);
      Warnings warnings = new Warnings();
      reader.addIIOReadWarningListener(warnings);
      BufferedImage picture = reader.read(0);
      if (warnings.last != null && form != PictureForm.JPEG) {
        throw new GreyPng.Broken("its reader says: " + warnings.last);
      }
      return image(picture);
    } finally {
      reader.dispose();
    }
  }

  /** Over white, and one channel if that is enough. */
  private static Image image(BufferedImage picture) {
    byte[] plain = plainSamples(picture);
    if (plain != null) {
      return fewestChannels(picture.getWidth(), picture.getHeight(), plain);
    }
    int width = picture.getWidth();
    int height = picture.getHeight();
    ColorModel colours = picture.getColorModel();
    boolean grey = colours.getNumColorComponents() == 1;
    int depth = colours.getComponentSize(0);
    byte[] rgb = new byte[width * height * 3];
    int[] row = new int[width];
    int[] samples = new int[colours.getNumComponents()];
    for (int y = 0; y < height; y++) {
      if (!grey) {
        picture.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++) {
        int argb = row[x];
        if (grey) { // getRGB would bend the greys from linear to sRGB
          samples = picture.getRaster().getPixel(x, y, samples);
          int alpha = samples.length > 1 ? eight(samples[1], depth) : 255;
          argb = alpha << 24 | eight(samples[0], depth) * 0x010101;
        }
        int at = (y * width + x) * 3;
        int alpha = argb >>> 24;
        for (int channel = 0; channel < 3; channel++) {
          int value = argb >> (16 - 8 * channel) & 0xFF;
          rgb[at + channel] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
        }
      }
    }
    return fewestChannels(width, height, rgb);
  }

  /** Red, green, blue of the form that nearly all colour files unpack to; null for others. */
  private static byte @Nullable [] plainSamples(BufferedImage picture) {
    if (picture.getType() != BufferedImage.TYPE_3BYTE_BGR
        || !picture.getColorModel().getColorSpace().isCS_sRGB()
        || picture.getRaster().getParent() != null
        || !(picture.getRaster().getDataBuffer() instanceof DataBufferByte bytes)
        || bytes.getData().length != 3 * picture.getWidth() * picture.getHeight()) {
      return null;
    }
    byte[] rgb = bytes.getData(); // nobody else holds it
    for (int i = 0; i < rgb.length; i += 3) {
      byte blue = rgb[i];
      rgb[i] = rgb[i + 2];
      rgb[i + 2] = blue;
    }
    return rgb;
  }

  private static Raster fewestChannels(int width, int height, byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return Raster.of(width, height, 3, rgb);
      }
    }
    byte[] one = new byte[width * height];
    for (int i = 0; i < one.length; i++) {
      one[i] = rgb[3 * i];
    }
    return Raster.of(width, height, 1, one);
  }

  private static int eight(int sample, int depth) {
    return depth == 8 ? sample : (int) (sample * 255L / ((1L << depth) - 1));
  }

  /** A whole picture, as far as its header says, of more pixels than are unpacked. */
  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int width;
    private final int height;

    TooLarge(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  /** Remembers a refusal, so that it is told from a decoder's failure. */
  private static final class Told implements LongConsumer {
    private final LongConsumer room;
    private @Nullable RuntimeException refusal;

    Told(LongConsumer room) {
      this.room = room;
    }

    @Override
    public void accept(long pixels) {
      try {
        room.accept(pixels);
      } catch (RuntimeException e) {
        refusal = e;
        throw e;
      }
    }
  }

  private static final class Warnings implements IIOReadWarningListener {
    private @Nullable String last;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      last = warning;
    }
  }
}
