package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.cli.results.Figure;
import dev.doppel.cli.results.Reproduced;
import dev.doppel.cli.results.Row;
import dev.doppel.cli.results.Rows;
import dev.doppel.eval.Interval;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void rowsAreMeasuredByTheCommandsTheyName() {
    CommandLineRun rows =
        CommandLineRun.of(
            "reproduce", "--synthetic", "--only", "lake20/pixel-cosine,lake20/omniglot", "--json");
    CommandLineRun alone =
        CommandLineRun.of("evaluate", "omniglot", "--synthetic", "--protocol", "lake20", "--json");

    assertThat(rows.exit()).as(rows.err()).isZero();
    assertThat(rows.json().at("/rows")).hasSize(2);
    JsonNode omniglot = rows.json().at("/rows/0");
    assertThat(omniglot.at("/id").asText()).isEqualTo("lake20/omniglot");
    assertThat(omniglot.at("/state").asText()).isEqualTo("new"); // nothing synthetic is recorded
    assertThat(omniglot.at("/now/accuracy").asDouble())
        .isEqualTo(alone.json().at("/scores/0/accuracy").asDouble());
    assertThat(omniglot.at("/command").asText())
        .isEqualTo("./doppel evaluate omniglot --protocol lake20");
  }

  @Test
  void allRowsAreListedWithoutAnyData() {
    CommandLineRun list = CommandLineRun.of("reproduce", "--list", "--data", folder);

    assertThat(list.exit()).isZero();
    assertThat(list.out()).contains(Rows.ours().stream().map(Row::id).toList());
  }

  @Test
  void everyRecipeOfTheTablesIsAPlanThatCanBeTrained() {
    TrainedModels models = TrainedModels.in(folder.resolve("runs"));

    List<Row.Trained> trained =
        Rows.ours().stream()
            .map(Row::origin)
            .filter(Row.Trained.class::isInstance)
            .map(Row.Trained.class::cast)
            .toList();
    assertThat(trained).isNotEmpty();
    for (Row.Trained each : trained) {
      PlannedModel model = models.model(each.recipe(), 2);
      assertThat(model.plan().seed()).isEqualTo(2);
      assertThat(model.budget() != null).isEqualTo(each.command().contains("--budget"));
      assertThat(model.file())
          .isEqualTo(folder.resolve("runs/" + each.recipe().name() + "-2.onnx"));
      each.recipe().settings().keySet().forEach(key -> assertThat(each.command()).contains(key));
    }
  }

  @Test
  void whatCannotBeMeantIsRefusedBeforeAnythingIsRead() {
    CommandLineRun unknown = CommandLineRun.of("reproduce", "--only", "lake20/omniglott");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("Did you mean lake20/omniglot?");

    CommandLineRun part =
        CommandLineRun.of("reproduce", "--only", "lake20/omniglot", "--write", "page.md");
    assertThat(part.exit()).isEqualTo(2);
    assertThat(part.err()).contains("Both --only and --write");

    CommandLineRun drawn =
        CommandLineRun.of("reproduce", "--synthetic", "--record", folder.resolve("results.json"));
    assertThat(drawn.exit()).isEqualTo(2);
    assertThat(folder.resolve("results.json")).doesNotExist();
  }

  @Test
  void aRowThatMovedFailsTheCommandAndIsNamed() {
    Row row = Rows.named(List.of("lake20/omniglot")).get(0);
    Interval interval = new Interval(0.95, 0.98);
    Figure recorded = new Figure(0.97, interval, 400, "fixed", 1, 1);
    Figure moved = new Figure(0.94, interval, 400, "fixed", 1, 1);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Console console =
        new Console(new PrintStream(said, true, UTF_8), new PrintStream(said, true, UTF_8), false);

    assertThat(
            ReproduceCommand.verdict(
                List.of(Reproduced.measured(row, recorded, recorded)), console))
        .isZero();
    assertThat(said.size()).isZero();
    assertThat(
            ReproduceCommand.verdict(List.of(Reproduced.measured(row, recorded, moved)), console))
        .isEqualTo(1);
    assertThat(said.toString(UTF_8))
        .contains("1 of 1 rows moved out of the recorded interval: lake20/omniglot", "--record");
  }
}
