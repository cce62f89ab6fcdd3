package dev.doppel.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.cli.results.Reproduced.State;
import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.eval.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsPageTest {

  @TempDir private Path folder = Path.of("");

  private static Figure figure(double accuracy) {
    return new Figure(
        accuracy, new Interval(accuracy - 0.02, accuracy + 0.01), 400, "fixed", 3.3, 0.5);
  }

  private static Row row(String id) {
    return Rows.named(List.of(id)).get(0);
  }

  private static String page(Reproduced... rows) {
    return new ResultsPage("doppel reproduce", List.of(rows), List.of(), "a machine", false)
        .markdown();
  }

  @Test
  void oursStandBoldAmongThePublishedBestFirst() {
    String page = page(Reproduced.measured(row("lake20/omniglot"), figure(0.9725), figure(0.9725)));

    assertThat(page)
        .containsSubsequence(
            "| ConvARC, pair by pair | 97.75 %",
            "| **`omniglot`** | **97.25 %** | 95.3 – 98.3 | Lake's 20 runs | fixed | 3.3 |"
                + " `./doppel evaluate omniglot --protocol lake20` |",
            "| Bayesian program learning | 96.70 %",
            "| Chance | 5.00 %")
        .doesNotContain("MOVED", "SYNTHETIC");
  }

  @Test
  void tablesWithoutARowOfOursAreLeftOut() {
    assertThat(page(Reproduced.measured(row("lake20/omniglot"), null, figure(0.9))))
        .contains("## " + Section.ONE_SHOT.title())
        .doesNotContain("## " + Section.ACROSS_5_1.title());
  }

  @Test
  void whatLeftItsIntervalIsMarked() {
    Reproduced moved = Reproduced.measured(row("lake20/omniglot"), figure(0.97), figure(0.981));
    assertThat(moved.state()).isEqualTo(State.MOVED);
    assertThat(page(moved)).contains("**98.10 %** (MOVED)");
    assertThat(Reproduced.measured(row("lake20/omniglot"), figure(0.97), figure(0.98)).state())
        .isEqualTo(State.HOLDS);
    assertThat(Reproduced.measured(row("lake20/omniglot"), null, figure(0.98)).state())
        .isEqualTo(State.NEW);
  }

  @Test
  void figuresThatNobodyCouldReadAreNotPrinted() {
    assertThat(Rows.published())
        .extracting(Published::who)
        .noneMatch(who -> who.matches("(?i).*(proto|rcn|cortical|relation).*"));
    assertThat(Rows.published()).allMatch(each -> each.accuracy() > 0 && each.accuracy() < 1);
    assertThat(Rows.published()).allMatch(each -> !each.source().isBlank());
  }

  @Test
  void everyRowHasAnIdOfItsOwnAndTheCommandThatPrintsIt() {
    assertThat(Rows.ours()).extracting(Row::id).doesNotHaveDuplicates();
    assertThat(row("verification-across/omniglot").origin().command())
        .isEqualTo("./doppel evaluate omniglot --protocol verification --across");
    assertThat(row("lake20/omniglot-9-views").origin().command())
        .isEqualTo("./doppel evaluate omniglot --views 9 --protocol lake20");
    assertThat(row("koch400-legible/omniglot-9-views-reranked").origin().command())
        .isEqualTo(
            "./doppel evaluate omniglot --views 9 --rerank deformable --protocol koch400"
                + " --drawers legible --draws 20");
    assertThat(row("lake20/pixel-cosine").origin().command())
        .isEqualTo("./doppel evaluate --matcher pixel-cosine --protocol lake20");
    assertThatThrownBy(() -> Rows.named(List.of("lake20/omnigloot")))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("lake20/omniglot");
  }

  @Test
  void recordedFiguresAreReadAsTheyWereWritten() throws IOException {
    Path file = folder.resolve("results.json");
    Course course =
        new Course(List.of(new Course.Look(9_600, 0.365), new Course.Look(19_200, 0.5)));
    RecordedFigures first =
        new RecordedFigures("a machine", Map.of("b", figure(0.5)), Map.of("net", course));
    RecordedFigures both = first.with("another", Map.of("a", figure(0.75)), Map.of());
    both.write(file);

    assertThat(RecordedFigures.read("it", Files.readString(file))).isEqualTo(both);
    assertThat(both.figures().keySet()).containsExactly("a", "b");
    assertThat(both.courses()).containsExactly(Map.entry("net", course));
    assertThatThrownBy(() -> RecordedFigures.read("it", "{\"machine\": \"x\"}"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it cannot be read");
  }
}
