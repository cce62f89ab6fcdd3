package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.doppel.Example;
import dev.doppel.Recognizer;
import dev.doppel.data.ImageClass;
import dev.doppel.data.omniglot.OmniglotSource;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.image.Image;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import dev.doppel.onnx.ShippedModel;
import dev.doppel.server.DoppelServer;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.store.MemoryGalleries;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Takes the README's pictures of the page: its own sample signs, and characters of Omniglot's
 * evaluation alphabets, with the shipped model or the one named. Not among the tests that everybody
 * runs.
 *
 * <pre>
 * ./mvnw -q -pl server -am test -Dtest=Screenshots -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Ddoppel.pictures=$PWD/docs/pictures [-Ddoppel.model=model.onnx]
 * </pre>
 */
final class Screenshots {

  /** The largest that a picture in the repository may be. */
  private static final int MOST_BYTES = 150_000;

  private static final String ALPHABET = "Angelic";
  private static final int DRAWERS = 4;
  private static final int BETWEEN = 4;

  /** Signs of the page's dozen, as another hand would draw them. */
  private static final String[] ANCHOR = {
    "52,20 51,38 49,62 50,84", "33,40 50,38 68,37", "24,58 29,75 49,86 71,78 78,57"
  };

  private static final String[] KITE = {"49,17 31,43 50,68 70,41 50,16", "50,68 45,75 55,83 49,90"};
  private static final String[] KITE_AGAIN = {
    "52,12 27,40 51,72 74,42 52,13", "51,72 57,80 48,86 53,93"
  };

  /** Something that is none of them. */
  private static final String[] HEART = {
    "50,38 46,28 36,22 26,26 22,38 28,52 40,66 50,80 60,67 72,52 79,38 74,26 64,22 54,28 50,38"
  };

  private final Path folder = Path.of(System.getProperty("doppel.pictures", "target/pictures"));

  @Test
  void the_page_is_photographed() throws IOException {
    Optional<ChromeDriver> driver = Chromium.start();
    assumeTrue(driver.isPresent(), "no Chromium on this machine");
    String file = System.getProperty("doppel.model", "");
    try (OpenModel model =
            file.isEmpty() ? ShippedModel.named("omniglot") : ModelFile.open(Path.of(file));
        PageBrowser page = new PageBrowser(driver.get())) {
      MemoryGalleries galleries = new MemoryGalleries(ModelStamp.of(model.twin()));
      galleries.create("signs");
      fill(new Recognizer(model.twin(), galleries.create("angelic")));
      try (DoppelServer server =
          DoppelServer.start(model.twin(), galleries, ServerOptions.local(0))) {
        photograph(page, server.url());
      }
    }
  }

  private static void fill(Recognizer recognizer) throws IOException {
    List<Example> examples = new ArrayList<>();
    for (ImageClass each : OmniglotSource.here(null).read().omniglot().evaluation().classes()) {
      if (!each.group().equals(ALPHABET)) {
        continue;
      }
      String label = "letter " + each.name().replaceAll("\\D", "");
      for (int drawer = 0; drawer < DRAWERS; drawer++) {
        Image image = each.samples().get(drawer).image();
        examples.add(new Example(label, image, Map.of(), png(image)));
      }
    }
    recognizer.enrol(examples);
  }

  private static byte[] png(Image image) throws IOException {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        picture.getRaster().setSample(x, y, 0, image.sample(x, y, 0));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  private void photograph(PageBrowser page, String url) throws IOException {
    page.screen(1120, 800, 1);
    page.open(url + "/#identify/signs");
    page.press("Fill with a few sample signs");
    page.awaitText("#identify .rest h2", "12 things");
    page.draw("#identify", ANCHOR); // for the model to be warm
    page.awaitText("#identify .answer:not([aria-busy]) .verdict", "anchor");
    page.press("Clear");
    page.draw("#identify", ANCHOR);
    page.awaitText("#identify .answer:not([aria-busy]) .verdict", "anchor");
    picture(page, "page-identify");

    page.click("#tab-verify");
    page.draw("#verify .picture:first-child", fluent(KITE));
    page.draw("#verify .picture:last-child", fluent(KITE_AGAIN));
    page.await("a verdict", () -> page.shows("#verify .verdict"));
    picture(page, "page-verify");

    page.open(url + "/#gallery-panel/angelic");
    page.await("cards", () -> page.shows(".card"));
    picture(page, "page-gallery");

    page.click("#tab-map");
    page.await("the list", () -> page.shows("#map .names button"));
    page.click("#map .names button", 6);
    picture(page, "page-map");

    page.dark(true);
    page.open(url + "/#identify/signs");
    page.awaitText("#identify .rest h2", "12 things");
    page.draw("#identify", HEART);
    page.await("an answer", () -> page.shows("#identify .answer:not([aria-busy]) .verdict"));
    picture(page, "page-dark");
    page.dark(false);

    page.screen(360, 760, 2);
    page.open(url + "/#identify/signs");
    page.awaitText("#identify .rest h2", "12 things");
    page.draw("#identify", fluent(KITE));
    page.await("an answer", () -> page.shows("#identify .answer:not([aria-busy]) .verdict"));
    page.script("scrollTo(0, 0)");
    picture(page, "page-phone");
  }

  /** With points between those given, as a hand gives them, so that corners stay corners. */
  private static String[] fluent(String[] strokes) {
    return Arrays.stream(strokes).map(Screenshots::fluent).toArray(String[]::new);
  }

  private static String fluent(String stroke) {
    String[] points = stroke.split(" ", -1);
    StringJoiner fluent = new StringJoiner(" ").add(points[0]);
    for (int i = 1; i < points.length; i++) {
      String[] from = points[i - 1].split(",", -1);
      String[] to = points[i].split(",", -1);
      for (int step = 1; step <= BETWEEN; step++) {
        double share = (double) step / BETWEEN;
        fluent.add(between(from[0], to[0], share) + "," + between(from[1], to[1], share));
      }
    }
    return fluent.toString();
  }

  private static double between(String from, String to, double share) {
    return (1 - share) * Double.parseDouble(from) + share * Double.parseDouble(to);
  }

  private void picture(PageBrowser page, String name) throws IOException {
    page.await(
        "every picture to be there",
        () ->
            page.script(
                    "return document.getAnimations().length === 0"
                        + " && ![...document.querySelectorAll(':not(.names button) > .thumb img.pending')]"
                        + ".some((each) => each.checkVisibility()"
                        + " && each.getBoundingClientRect().top < innerHeight)")
                .equals(true));
    page.script("return new Promise((resolve) => setTimeout(resolve, 400))"); // fetches, and paint
    byte[] small = smaller(page.driver().getScreenshotAs(OutputType.BYTES));
    assertThat(small.length).as(name).isLessThan(MOST_BYTES);
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + ".png"), small);
  }

  /** The same picture in fewer bytes: no transparency, packed as tightly as it goes. */
  private static byte[] smaller(byte[] png) throws IOException {
    BufferedImage given = ImageIO.read(new ByteArrayInputStream(png));
    BufferedImage opaque =
        new BufferedImage(given.getWidth(), given.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    opaque.createGraphics().drawImage(given, 0, 0, null);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam tight = writer.getDefaultWriteParam();
      tight.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      tight.setCompressionQuality(0);
      writer.write(null, new IIOImage(opaque, null, null), tight);
    }
    writer.dispose();
    return bytes.size() < png.length ? bytes.toByteArray() : png;
  }
}
