package dev.doppel.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.cli.report.Curve.Point;
import dev.doppel.data.Sample;
import dev.doppel.eval.Interval;
import dev.doppel.eval.Score;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The page about a training run as one HTML text: no script, no other file, no other host; its
 * content security policy allows only its own style sheet, by hash, and pictures within it.
 */
public final class ReportPage {

  /** As many points as a screen can show. */
  private static final int POINTS = 300;

  private final RunReport report;

  private ReportPage(RunReport report) {
    this.report = report;
  }

  /** The page's text. */
  public static String of(RunReport report) {
    return new ReportPage(report).html();
  }

  private String html() {
    String style = style();
    Score headline = report.scores().get(0);
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>Doppel: %s</title>
        <style>%s</style>
        </head>
        <body>
        <main>
        <header>
        <p class="brand">Doppel</p>
        <h1><span class="figure">%s</span> of unseen characters recognised from one example</h1>
        %s<p class="lead">%s</p>
        </header>
        %s%s%s%s%s</main>
        </body>
        </html>
        """
        .formatted(
            sha256(style),
            percent(headline.accuracy()) + " on " + Html.text(headline.protocol()),
            style,
            percent(headline.accuracy()),
            warning(),
            lead(headline),
            standings(),
            new StrangersSection(report.strangers()).html(),
            curves(),
            mistakes(),
            provenance());
  }

  private String warning() {
    return report.synthetic()
        ? """
        <p class="warning"><strong>Synthetic data.</strong> A program drew these characters. The \
        figures say that everything works; they say nothing about handwriting and cannot be held \
        against published ones.</p>
        """
        : "";
  }

  private static String lead(Score score) {
    return String.format(
        Locale.ROOT,
        "A network trained from scratch was asked %,d questions: which of these characters, each"
            + " shown once, is this one? It answered %s correctly (95 %% interval %s). It had never"
            + " seen their alphabets. Data: %s.",
        score.trials(),
        percent(score.accuracy()),
        interval(score.interval()),
        Html.text(score.data()));
  }

  private String standings() {
    StringBuilder rows = new StringBuilder();
    List<Standing> standings =
        report.synthetic()
            ? Standing.with(report.scores()).stream().filter(Standing::ours).toList()
            : Standing.with(report.scores().subList(0, 1));
    for (Standing row : standings) {
      Interval interval = row.interval();
      rows.append(
          """
          <tr%s>
          <th scope="row">%s<span class="source">%s</span></th>
          <td class="number">%s<span class="range">%s</span></td>
          <td class="bar">%s</td>
          </tr>
          """
              .formatted(
                  row.ours() ? " class=\"ours\"" : "",
                  Html.text(row.who()),
                  Html.text(row.source()),
                  percent(row.accuracy()),
                  interval == null ? "no interval" : interval(interval),
                  IntervalBar.svg(row)));
    }
    return """
        <section>
        <h2>Beside the published figures</h2>
        <div class="scroll"><table>
        <thead><tr><th scope="col">who</th><th scope="col" class="number">right\
        <span class="range">95 %% interval</span></th>\
        <th scope="col" class="bar">0 to 100 %%</th></tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        <p class="note">20-way one-shot on ten alphabets nobody trained on. The papers print no \
        intervals; those of the machines are Wilson's for the 400 trials each answered.</p>
        </section>
        """
        .formatted(rows);
  }

  private String curves() {
    List<Point> percents =
        report.validation().points().stream()
            .map(point -> new Point(point.x(), 100 * point.y()))
            .toList();
    return """
        <section>
        <h2>How it learned</h2>
        <div class="charts">
        <figure>
        <figcaption>Training loss</figcaption>
        %s</figure>
        <figure>
        <figcaption>Right answers on the validation alphabets</figcaption>
        %s</figure>
        </div>
        </section>
        """
        .formatted(
            new LineChart("Training loss", "", report.loss().thinned(POINTS), 0).svg(),
            new LineChart("Validation accuracy", " %", new Curve(percents), 100).svg());
  }

  private String mistakes() {
    if (report.mistakes().isEmpty()) {
      return """
          <section>
          <h2>Its mistakes</h2>
          <p>None: every question was answered correctly.</p>
          </section>
          """;
    }
    StringBuilder cards = new StringBuilder();
    for (Mistake mistake : report.mistakes()) {
      cards.append(
          """
          <li>
          <p class="alphabet">%s</p>
          <div class="trio">
          %s%s%s</div>
          </li>
          """
              .formatted(
                  Html.text(readable(mistake.query().group())),
                  picture("asked", "Asked", mistake.query()),
                  picture("right", "Right answer", mistake.right()),
                  picture("wrong", "Its answer", mistake.answered())));
    }
    return """
        <section>
        <h2>Its hardest mistakes</h2>
        <p class="note">%s</p>
        <ul class="mistakes">
        %s</ul>
        </section>
        """
        .formatted(
            report.mistakes().size() == report.wrong()
                ? "All " + report.wrong() + " wrong answers, the surest first."
                : "The surest "
                    + report.mistakes().size()
                    + " of "
                    + report.wrong()
                    + " wrong answers.",
            cards);
  }

  private static String picture(String kind, String caption, Sample sample) {
    String alt =
        caption
            + ": "
            + readable(sample.group())
            + ", "
            + sample.className()
            + ", by drawer "
            + sample.drawer();
    return """
        <figure class="%s"><span class="frame"><img src="%s" alt="%s" width="105" height="105"/>\
        </span>\
        <figcaption>%s</figcaption></figure>
        """
        .formatted(kind, Png.uri(sample.image()), Html.text(alt), caption);
  }

  private String provenance() {
    return """
        <section>
        <h2>Where it comes from</h2>
        <dl>
        %s</dl>
        <details>
        <summary>Every setting of the run</summary>
        <dl>
        %s</dl>
        </details>
        </section>
        """
        .formatted(facts(report.provenance()), facts(report.settings()));
  }

  private static String facts(Map<String, String> facts) {
    StringBuilder rows = new StringBuilder();
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      rows.append(
          "<div><dt>%s</dt><dd>%s</dd></div>\n"
              .formatted(Html.text(fact.getKey()), Html.text(fact.getValue())));
    }
    return rows.toString();
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share).replaceFirst("0$", "") + " %";
  }

  private static String interval(Interval interval) {
    return String.format(Locale.ROOT, "%.1f – %.1f", 100 * interval.low(), 100 * interval.high());
  }

  /** A name of a folder as a person would write it. */
  private static String readable(String name) {
    return name.replace('_', ' ');
  }

  private static String style() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(css, "report.css").readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
