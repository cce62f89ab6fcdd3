package dev.doppel.bench;

import dev.doppel.baseline.Baselines;
import dev.doppel.data.omniglot.LakeRuns;
import dev.doppel.data.omniglot.OmniglotSource;
import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import dev.doppel.onnx.ModelFile;
import dev.doppel.onnx.OpenModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws the README's picture: the twenty characters of Lake's first run, its first three questions,
 * and what a matcher answers to them. Nothing is picked: another model, another picture.
 *
 * <pre>
 * ./mvnw -q -pl bench -am -DskipTests package dependency:build-classpath \
 *     -Dmdep.outputFile=$PWD/bench/target/classpath
 * java -cp bench/target/classes:$(cat bench/target/classpath) \
 *     dev.doppel.bench.OneShotPicture model.onnx docs/pictures/one-shot.svg
 * </pre>
 */
public final class OneShotPicture {

  private static final int QUESTIONS = 3;
  private static final int COLUMNS = 10;
  private static final int MARGIN = 24;
  private static final int TILE = 64;
  private static final int STEP = 72;
  private static final int LARGE = 88;
  private static final int GROUP = 244;
  private static final int WIDTH = 2 * MARGIN + (COLUMNS - 1) * STEP + TILE;
  private static final int HEIGHT = 380;

  /** One for each question, told apart by colour-blind eyes too. */
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73");

  private final StringBuilder svg = new StringBuilder();
  private final LakeRuns.Run run;

  private OneShotPicture(LakeRuns.Run run) {
    this.run = run;
  }

  /** Draws with a model file, or the name of a baseline, to a picture file. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("a model file, and a picture to write");
    }
    LakeRuns.Run run = OmniglotSource.here(null).read().omniglot().runs().runs().get(0);
    OneShotPicture picture = new OneShotPicture(run);
    if (Baselines.names().contains(args[0])) {
      picture.draw(Baselines.named(args[0]));
    } else {
      try (OpenModel model = ModelFile.open(Path.of(args[0]))) {
        picture.draw(model.twin());
      }
    }
    Files.writeString(Path.of(args[1]), picture.svg);
  }

  private void draw(Matcher matcher) {
    String name = matcher.name();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d">
        <title>Twenty characters shown once each, three questions, the answers of %3$s</title>
        <style>text{font:15px system-ui,sans-serif;fill:#24292f}.small{font-size:13px;fill:#57606a}
        .tile{fill:#fff;stroke:#d0d7de}.ink{fill:none;stroke:#111;stroke-width:1.2}</style>
        <rect width="%1$d" height="%2$d" rx="12" fill="#f6f8fa"/>
        """
            .formatted(WIDTH, HEIGHT, name));
    String alphabet = run.training().get(0).group().replace('_', ' ');
    text(36, "", "Twenty characters of an alphabet never seen before (%s), once each:", alphabet);
    for (int i = 0; i < run.training().size(); i++) {
      tile(shown(i), supportX(i), supportY(i), TILE);
    }
    text(226, "", "Someone else drew these. Which of the twenty are they?");
    int[] chosen = answers(matcher);
    int right = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      question(i, chosen[i]);
      right += chosen[i] == run.items().get(i).answer() ? 1 : 0;
    }
    text(362, "small", "%d of %d right, answered by %s.", right, QUESTIONS, name);
    svg.append("</svg>\n");
  }

  /** The closest of the support set for each question. */
  private int[] answers(Matcher matcher) {
    List<Image> images = new ArrayList<>();
    run.training().forEach(sample -> images.add(sample.image()));
    run.items().forEach(item -> images.add(item.image().image()));
    int ways = run.training().size();
    Matcher.Comparison comparison = matcher.over(images);
    int[] chosen = new int[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      for (int way = 1; way < ways; way++) {
        if (comparison.score(ways + i, way) > comparison.score(ways + i, chosen[i])) {
          chosen[i] = way;
        }
      }
    }
    return chosen;
  }

  private void question(int number, int chosen) {
    String colour = COLOURS.get(number);
    int x = MARGIN + number * GROUP;
    int y = 242;
    tile(run.items().get(number).image().image(), x, y, LARGE);
    frame(x, y, LARGE, colour);
    append(
        "<path d='M%d %dh22m-7 -6l7 6l-7 6' fill='none' stroke='%s' stroke-width='2'/>\n",
        x + LARGE + 6, y + LARGE / 2, colour);
    tile(shown(chosen), x + LARGE + 34, y, LARGE);
    frame(x + LARGE + 34, y, LARGE, colour);
    frame(supportX(chosen), supportY(chosen), TILE, colour);
  }

  private Image shown(int way) {
    return run.training().get(way).image();
  }

  private static int supportX(int way) {
    return MARGIN + way % COLUMNS * STEP;
  }

  private static int supportY(int way) {
    return 52 + way / COLUMNS * STEP;
  }

  private void tile(Image image, int x, int y, int side) {
    append(
        "<svg x='%d' y='%d' width='%d' height='%d' viewBox='0 -.5 %d %d'>",
        x, y, side, side, image.width(), image.height());
    append("<rect class='tile' y='-.5' width='100%%' height='100%%'/>");
    append("<path class='ink' d='%s'/></svg>\n", runs(image));
  }

  private void frame(int x, int y, int side, String colour) {
    append(
        "<rect x='%d' y='%d' width='%d' height='%d' rx='3' fill='none' stroke='%s'"
            + " stroke-width='3'/>\n",
        x, y, side, side, colour);
  }

  /** The ink as horizontal strokes, each told from the end of the one before. */
  private static String runs(Image image) {
    StringBuilder path = new StringBuilder("M0 0");
    int atX = 0;
    int atY = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int from = x;
        while (x < image.width() && image.sample(x, y, 0) < 128) {
          x++;
        }
        if (x > from) {
          path.append("m%d %dh%d".formatted(from - atX, y - atY, x - from));
          atX = x;
          atY = y;
        }
      }
    }
    return path.toString();
  }

  private void text(int y, String style, String words, Object... values) {
    append("<text x='%d' y='%d' class='%s'>", MARGIN, y, style);
    append(words, values);
    append("</text>\n");
  }

  private void append(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
