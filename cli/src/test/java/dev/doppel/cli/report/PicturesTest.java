package dev.doppel.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.data.Sample;
import dev.doppel.data.glyph.SyntheticOmniglot;
import dev.doppel.episode.Relation;
import dev.doppel.eval.Interval;
import dev.doppel.eval.Reliability;
import dev.doppel.eval.Roc;
import dev.doppel.eval.Scored;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pictures that stand alone: each is a document, shows what it is given, and says it in words. */
class PicturesTest {

  private static final List<Sample> SAMPLES =
      SyntheticOmniglot.generate(Seed.of(5)).testAlphabets().groups().get(0).classes().stream()
          .limit(12)
          .flatMap(each -> each.samples().stream().limit(3))
          .toList();

  private static Element parsed(String svg) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    Element root = document.getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getAttribute("aria-label")).isNotBlank();
    assertThat(svg).contains("prefers-color-scheme:dark").doesNotContain("NaN", "data:", "href");
    return root;
  }

  private static int count(Element root, String tag, String kind) {
    NodeList all = root.getElementsByTagName(tag);
    int count = 0;
    for (int i = 0; i < all.getLength(); i++) {
      count += ((Element) all.item(i)).getAttribute("class").equals(kind) ? 1 : 0;
    }
    return count;
  }

  private static Roc roc(double apart) {
    Draws draws = Seed.of(1).draws();
    List<Scored> pairs = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      pairs.add(new Scored(draws.gaussian() + apart, Relation.SAME));
      pairs.add(new Scored(draws.gaussian(), Relation.DIFFERENT));
    }
    return new Roc(pairs);
  }

  @Test
  void rocHasACurveEach() throws Exception {
    String svg =
        new RocPicture(
                List.of(
                    new RocPicture.Curve("within <one>", roc(3)),
                    new RocPicture.Curve("any", roc(4))))
            .svg();
    assertThat(count(parsed(svg), "polyline", "curve")).isEqualTo(2);
    assertThat(svg).contains("within &lt;one&gt;").hasSizeLessThan(20_000);
  }

  @Test
  void aCourseHasAPointForEachLookAndSaysWhereItEnded() throws Exception {
    Interval interval = new Interval(0.7, 0.9);
    String svg =
        new CoursePicture(
                "what alphabets teach",
                "alphabets",
                List.of(
                    new CoursePicture.Line(
                        "test",
                        List.of(
                            new CoursePicture.Point(5, 0.5, interval),
                            new CoursePicture.Point(30, 0.8, interval))),
                    new CoursePicture.Line(
                        "validation", List.of(new CoursePicture.Point(30, 0.75, null)))))
            .svg();
    Element root = parsed(svg);
    assertThat(count(root, "circle", "end")).isEqualTo(2); // where there is an interval
    assertThat(count(root, "line", "whisker")).isEqualTo(2);
    assertThat(root.getAttribute("aria-label"))
        .contains("test: 80.0 % after 30 alphabets", "validation: 75.0 %");
  }

  @Test
  void groupsHaveABarEach() throws Exception {
    GroupBars.Bar bar = new GroupBars.Bar("Old_Slavonic", 0.9, new Interval(0.85, 0.94));
    String svg = new GroupBars("groups", List.of(bar, bar, bar)).svg();
    assertThat(count(parsed(svg), "rect", "ours")).isEqualTo(3);
    assertThat(svg).contains("Old Slavonic", "90.0 %");
  }

  @Test
  void mistakesHaveThreeTilesEach() throws Exception {
    Mistake mistake = new Mistake(SAMPLES.get(0), SAMPLES.get(1), SAMPLES.get(4), -0.012);
    String svg = new MistakeStrips("mistakes", List.of(mistake, mistake)).svg();
    Element root = parsed(svg);
    assertThat(count(root, "path", "ink")).isEqualTo(6);
    assertThat(count(root, "rect", "good")).isEqualTo(2);
    assertThat(svg).contains("by 0.012");
  }

  @Test
  void thingsHaveAPointEach() throws Exception {
    String svg =
        new SpeedPicture(
                "speed",
                List.of(
                    new SpeedPicture.Mark("net", 0.4, 0.97, true),
                    new SpeedPicture.Mark("distance", 12, 0.61, false)))
            .svg();
    Element root = parsed(svg);
    assertThat(count(root, "circle", "ours")).isEqualTo(1);
    assertThat(count(root, "circle", "other")).isEqualTo(1);
  }

  @Test
  void reliabilityNamesItsGalleries() throws Exception {
    List<Reliability.Bin> bins = List.of(new Reliability.Bin(1, 0.5, 0.6));
    String svg =
        new ReliabilityPicture(List.of(new Reliability(20, bins), new Reliability(100, bins)))
            .svg();
    parsed(svg);
    assertThat(svg).contains("among 20 labels", "among 100 labels");
  }

  @Test
  void theMapHasATileForEachImageAndNoneCoversAnother() throws Exception {
    Draws draws = Seed.of(2).draws();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < SAMPLES.size(); i++) {
      float[] row = new float[8];
      for (int k = 0; k < row.length; k++) {
        row[k] = (float) draws.gaussian();
      }
      rows.add(row);
    }
    EmbeddingMap map = new EmbeddingMap("map", SAMPLES, rows);
    Element root = parsed(map.svg());
    NodeList tiles = root.getElementsByTagName("svg");
    assertThat(tiles.getLength()).isEqualTo(SAMPLES.size());
    for (int i = 0; i < tiles.getLength(); i++) {
      for (int j = 0; j < i; j++) {
        double x = apart((Element) tiles.item(i), (Element) tiles.item(j), "x");
        double y = apart((Element) tiles.item(i), (Element) tiles.item(j), "y");
        assertThat(Math.max(x, y)).isGreaterThan(33);
      }
    }
    assertThat(map.svg()).isEqualTo(new EmbeddingMap("map", SAMPLES, rows).svg());
  }

  private static double apart(Element a, Element b, String axis) {
    return Math.abs(
        Double.parseDouble(a.getAttribute(axis)) - Double.parseDouble(b.getAttribute(axis)));
  }
}
