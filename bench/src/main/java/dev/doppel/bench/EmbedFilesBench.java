package dev.doppel.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.data.glyph.GlyphAlphabets;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import dev.doppel.image.ImageFile;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Calibration;
import dev.doppel.model.Head;
import dev.doppel.model.ImageEmbedder;
import dev.doppel.model.Provenance;
import dev.doppel.network.Architecture;
import dev.doppel.network.ResidualNet;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import dev.doppel.torch.Initialisation;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Embeddings a second from picture files to rows; the baseline is ONNX Runtime alone, with its
 * default options, on tensors that lie ready.
 *
 * <pre>
 * bench/run EmbedFilesBench
 * bench/run EmbedFilesBench files=1024 rounds=9 lanes=2
 * </pre>
 *
 * <p>Handwriting: drawn characters as 1-bit PNG files of 105 × 105, the everyday encoder of 40 × 40
 * with centring. Photographs: drawn scenes as JPEG files of 250 × 250, residual encoders in colour:
 * of 112 × 112, as small encoders of faces and products read, and of 64 × 64. The baseline runs
 * batches of 64 out of memory outside the heap, on as many threads as it chooses, which spin; that
 * is what its Python binding does.
 */
public final class EmbedFilesBench {

  private static final String FILES = "from files";
  private static final String READY = "ONNX Runtime on ready tensors";
  private static final int BATCH = 64;

  private EmbedFilesBench() {}

  /**
   * What to time.
   *
   * @param files different files
   * @param passes how often each is embedded in a turn, which should last a second or more
   * @param rounds turns that count
   * @param lanes see {@link ImageEmbedder}; 0 for the processors
   */
  record Options(int files, int passes, int rounds, int lanes) {

    Options {
      OptionException.require(files >= 1, "files", files, "at least 1");
      OptionException.require(passes >= 1, "passes", passes, "at least 1");
      OptionException.require(rounds >= 1, "rounds", rounds, "at least 1");
      OptionException.require(lanes >= 0, "lanes", lanes, "0 or above");
    }

    static Options defaults() {
      return new Options(512, 8, 7, 0);
    }
  }

  /** Prints the figures; arguments are {@code name=value}, see {@link Options}. */
  public static void main(String[] arguments) throws IOException, OrtException {
    run(Arguments.read(Options.defaults(), arguments), System.out);
  }

  static void run(Options options, PrintStream out) throws IOException, OrtException {
    out.printf(
        "%d files %d times, %d rounds: median [range]%n",
        options.files(), options.passes(), options.rounds());
    Path folder = Files.createTempDirectory("doppel-bench");
    try {
      time(
          "handwriting, 1-bit PNG 105 × 105",
          glyphs(folder, options.files()),
          ResidualNet.small(),
          Preprocess.ink(40).withCentred(true),
          options,
          out);
      List<Path> scenes = scenes(folder, options.files());
      for (int side : new int[] {112, 64}) {
        time(
            "photographs, JPEG 250 × 250, encoder of %d × %d".formatted(side, side),
            scenes,
            new ResidualNet(side, 3, 24, 1, List.of(48, 96, 192), 128),
            colours(side),
            options,
            out);
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static Preprocess colours(int side) {
    List<Float> half = List.of(0.5f, 0.5f, 0.5f);
    return new Preprocess(side, side, 3, false, false, half, half);
  }

  private static void time(
      String what,
      List<Path> files,
      Architecture architecture,
      Preprocess preprocess,
      Options options,
      PrintStream out)
      throws IOException, OrtException {
    Path file = files.get(0).resolveSibling("model.onnx");
    ModelFile.write(
        file,
        architecture,
        Initialisation.HE.weights(architecture, Seed.of(0)),
        preprocess,
        new Head.Cosine(),
        new Calibration(0, 1, 0),
        new Provenance(architecture.name(), "none", "none", true, 0, Map.of(), Map.of(), Map.of()));
    int lanes = options.lanes() == 0 ? Runtime.getRuntime().availableProcessors() : options.lanes();
    try (OpenModel model = ModelFile.open(file, 1);
        Ready ready = new Ready(file, files, preprocess)) {
      ImageEmbedder embedder = new ImageEmbedder(model.twin().encoder(), lanes);
      Map<String, Runnable> ways = new LinkedHashMap<>();
      List<Path> asked =
          Collections.nCopies(options.passes(), files).stream().flatMap(List::stream).toList();
      ways.put(READY, () -> ready.run(options.passes()));
      ways.put(FILES, () -> embedder.embed(asked));
      Rounds rounds = Rounds.of(options.rounds(), ways);
      out.printf(
          Locale.ROOT,
          "%n%s%n  %s images/s on %d lanes, %s %s: %s times as fast%n",
          what,
          rounds.rate(FILES, asked.size()).text(0),
          lanes,
          READY,
          rounds.rate(READY, asked.size()).text(0),
          rounds.ratio(FILES, READY).text(3));
    }
  }

  /** ONNX Runtime by itself: tensors made before, options as they come. */
  private static final class Ready implements AutoCloseable {

    private final OrtSession session;
    private final List<OnnxTensor> batches = new ArrayList<>();

    Ready(Path model, List<Path> files, Preprocess preprocess) throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      session = environment.createSession(model.toString());
      for (int from = 0; from < files.size(); from += BATCH) {
        int count = Math.min(BATCH, files.size() - from);
        float[] planes = new float[count * preprocess.length()];
        for (int i = 0; i < count; i++) {
          preprocess.into(ImageFile.read(files.get(from + i)), planes, i * preprocess.length());
        }
        FloatBuffer buffer =
            ByteBuffer.allocateDirect(4 * planes.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        buffer.put(planes).flip();
        batches.add(
            OnnxTensor.createTensor(
                environment,
                buffer,
                new long[] {
                  count, preprocess.channels(), preprocess.height(), preprocess.width()
                }));
      }
    }

    void run(int passes) {
      try {
        for (int pass = 0; pass < passes; pass++) {
          for (OnnxTensor batch : batches) {
            session.run(Map.of("image", batch)).close();
          }
        }
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      batches.forEach(OnnxTensor::close);
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<Path> glyphs(Path folder, int count) throws IOException {
    Dataset drawn = GlyphAlphabets.generate(Seed.of(0), 1, (count + 19) / 20, 20);
    List<Path> files = new ArrayList<>();
    for (Sample sample : drawn.samples().limit(count).toList()) {
      Image image = sample.image();
      BufferedImage picture =
          new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_BINARY);
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          picture.setRGB(x, y, image.sample(x, y, 0) == 0 ? 0 : 0xFFFFFF);
        }
      }
      files.add(write(picture, "png", folder.resolve("glyph%05d.png".formatted(files.size()))));
    }
    return files;
  }

  /** Shades and blurred shapes in many colours, with the grain of a camera. */
  private static List<Path> scenes(Path folder, int count) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Draws draws = Seed.of(0).at("scene").at(i).draws();
      BufferedImage picture = new BufferedImage(250, 250, BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = picture.createGraphics();
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      for (int shape = 0; shape < 40; shape++) {
        pen.setColor(new Color(draws.below(256), draws.below(256), draws.below(256), 160));
        double side = draws.between(10, 160 - 3 * shape);
        Ellipse2D blob =
            new Ellipse2D.Double(
                draws.between(-40, 240), draws.between(-40, 240), side, draws.between(10, 120));
        if (shape % 3 == 0) {
          pen.setStroke(new BasicStroke((float) draws.between(1, 8)));
          pen.draw(blob);
        } else {
          pen.fill(blob);
        }
      }
      pen.dispose();
      for (int y = 0; y < 250; y++) {
        for (int x = 0; x < 250; x++) {
          int grain = (int) (6 * draws.gaussian());
          int rgb = picture.getRGB(x, y);
          int grained = 0;
          for (int shift = 0; shift <= 16; shift += 8) {
            grained |= Math.min(255, Math.max(0, (rgb >> shift & 0xFF) + grain)) << shift;
          }
          picture.setRGB(x, y, grained);
        }
      }
      files.add(write(picture, "jpg", folder.resolve("scene%05d.jpg".formatted(i))));
    }
    return files;
  }

  private static Path write(BufferedImage picture, String format, Path file) throws IOException {
    if (!ImageIO.write(picture, format, file.toFile())) {
      throw new IOException("no writer of " + format);
    }
    return file;
  }
}
