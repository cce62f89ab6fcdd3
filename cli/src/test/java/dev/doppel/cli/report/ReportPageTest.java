package dev.doppel.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.cli.report.Curve.Point;
import dev.doppel.data.Sample;
import dev.doppel.eval.Interval;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.OpenSetReport.Rate;
import dev.doppel.eval.OpenSetReport.Row;
import dev.doppel.eval.OpenSetReport.Shares;
import dev.doppel.eval.Reliability;
import dev.doppel.eval.Reliability.Bin;
import dev.doppel.eval.Score;
import dev.doppel.image.Bitmap;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportPageTest {

  private static RunReport report(boolean synthetic, int mistakes) {
    Score score =
        new Score(
            "lake20",
            0.9625,
            Interval.wilson(385, 400),
            400,
            0,
            "model@1234abcd",
            "omniglot, Lake's runs",
            synthetic);
    Bitmap.Builder sheet = new Bitmap.Builder(105, 105);
    sheet.ink(50, 50);
    Sample sample = new Sample("Old_<Church>", "character01", 3, sheet.build());
    return new RunReport(
        List.of(score),
        new Curve(List.of(new Point(0.1, 15), new Point(1, 8), new Point(2, 3))),
        new Curve(List.of(new Point(1, 0.7), new Point(2, 0.94))),
        strangers(),
        java.util.Collections.nCopies(mistakes, new Mistake(sample, sample, sample, 0.2)),
        15,
        Map.of("seed", "1", "machine", "2 × <fast> & \"cheap\""),
        Map.of("optimiser.rate", "0.003"));
  }

  private static OpenSetReport strangers() {
    Rate few = new Rate(0.0048, new Interval(0.0034, 0.0067), 5000);
    Rate half = new Rate(0.504, new Interval(0.408, 0.6), 2000);
    return new OpenSetReport(
        "open-set",
        "model@1234abcd",
        "omniglot, ten alphabets",
        false,
        20,
        1,
        List.of(
            new Row(
                20,
                0.01,
                0.6,
                few,
                half,
                few,
                half,
                new Shares(0.0048, 0.2, 0.7952),
                new Shares(0.5, 0.4, 0.1))),
        List.of(new Reliability(20, List.of(new Bin(0.6, 0.05, 0.02), new Bin(0.4, 0.9, 0.85)))));
  }

  private static Document parsed(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html.replaceFirst("<!DOCTYPE html>", ""))));
  }

  @Test
  void thePageIsWellFormed() throws Exception {
    Document page = parsed(ReportPage.of(report(false, 12)));

    assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
    assertThat(page.getElementsByTagName("tr").getLength()).isEqualTo(1 + 13 + 1 + 5);
    assertThat(page.getElementsByTagName("img").getLength()).isEqualTo(36);
  }

  @Test
  void thePageNeedsNobodyElse() {
    String html = ReportPage.of(report(false, 12));

    assertThat(html).doesNotContain("http:", "https:", "<script", "<link", "@import", "url(");
    assertThat(html).contains("default-src 'none'").doesNotContain("unsafe-inline", " style=\"");
  }

  @Test
  void thePolicyAllowsThePagesOwnStyleAndNoOther() throws Exception {
    String html = ReportPage.of(report(false, 0));
    Matcher style = Pattern.compile("(?s)<style>(.*)</style>").matcher(html);
    Matcher allowed = Pattern.compile("style-src 'sha256-([^']+)'").matcher(html);

    assertThat(style.find() && allowed.find()).isTrue();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(UTF_8));
    assertThat(allowed.group(1)).isEqualTo(Base64.getEncoder().encodeToString(hash));
  }

  @Test
  void everyPictureSaysWhatItShows() throws Exception {
    Document page = parsed(ReportPage.of(report(false, 1)));

    NodeList images = page.getElementsByTagName("img");
    assertThat(images.item(0).getAttributes().getNamedItem("alt").getTextContent())
        .isEqualTo("Asked: Old <Church>, character01, by drawer 3");
    String source = images.item(0).getAttributes().getNamedItem("src").getTextContent();
    byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
    assertThat(javax.imageio.ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(105);
  }

  @Test
  void figuresStandWithTheirIntervals() {
    String html = ReportPage.of(report(false, 12));

    assertThat(html).contains("96.25 %", "93.9 – 97.7", "92.0 %", "88.9 – 94.3", "People");
    assertThat(html).contains("The surest 12 of 15 wrong answers.");
    assertThat(html).contains("2 × &lt;fast&gt; &amp; &quot;cheap&quot;", "optimiser.rate");
  }

  @Test
  void whatItSaysOfStrangersStandsBesideHowSureItMayBe() throws Exception {
    String html = ReportPage.of(report(false, 12));

    assertThat(html)
        .contains("Among 20 labels, 0.48 % of strangers reached the threshold", "0.34 – 0.67");
    assertThat(html)
        .contains("<td class=\"share\">79.5 %</td>", "20 labels, off by 3.8 % on average");
    assertThat(html)
        .contains("Among 20 labels: 2 % came true of 5 %, 85 % came true of 90 %.")
        .contains("<rect class=\"known\" width=\"0.96\"");
  }

  @Test
  void syntheticFiguresAreMarkedAndHeldAgainstNobody() {
    String html = ReportPage.of(report(true, 12));

    assertThat(html).contains("<strong>Synthetic data.</strong>").doesNotContain("People");
  }

  @Test
  void aRunWithoutMistakesSaysSo() {
    assertThat(ReportPage.of(report(false, 0))).contains("every question was answered correctly");
  }
}
