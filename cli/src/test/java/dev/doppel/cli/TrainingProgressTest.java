package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.torch.History;
import dev.doppel.torch.TrainingListener.Step;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);

  private TrainingProgress progress(boolean terminal) {
    return new TrainingProgress(new Console(nowhere, new PrintStream(err, true, UTF_8), terminal));
  }

  private static Step step(int epoch, int step, double loss) {
    return new Step(
        epoch, 0, step, 10, loss, 1234.4, Duration.ofSeconds(60), Duration.ofSeconds(180));
  }

  @Test
  void aTerminalShowsOneLineThatIsWrittenOver() throws InterruptedException {
    TrainingProgress progress = progress(true);
    progress.onEpoch(new History.Epoch(1, 1280, 9, 0.5, 60));
    Thread.sleep(120); // it is drawn ten times a second at most
    progress.onStep(step(2, 5, 8));

    assertThat(err.toString(UTF_8))
        .startsWith("\r\033[K━━━━━━──────────────────")
        .contains(" 25 %", "epoch 2", "1,234 images/s", "loss 8.000", "valid. 50.0 %", "3:00 left")
        .doesNotContain("\n");
  }

  @Test
  void elsewherePlainLinesComeNowAndThen() {
    TrainingProgress progress = progress(false);
    for (int i = 1; i <= 10; i++) {
      progress.onStep(step(1, i, 8));
    }
    progress.close();

    assertThat(err.toString(UTF_8)).isEmpty(); // the first after some seconds
  }

  @Test
  void everyLossIsKeptForTheReport() {
    TrainingProgress progress = progress(false);
    progress.onStep(step(1, 5, 9));
    progress.onStep(step(2, 10, 7));

    assertThat(progress.losses().points()).hasSize(2);
    assertThat(progress.losses().points().get(0).x()).isCloseTo(0.5, within(1e-9));
    assertThat(progress.losses().points().get(1).x()).isCloseTo(2.0, within(1e-9));
    assertThat(progress.losses().points().get(1).y()).isEqualTo(7);
  }
}
