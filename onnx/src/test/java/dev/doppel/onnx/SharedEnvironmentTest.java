package dev.doppel.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedEnvironmentTest {

  @Test
  void aCommandLineThatWouldEndTheProcessIsRefusedInWords(@TempDir Path folder) throws IOException {
    Path line = Files.writeString(folder.resolve("cmdline"), "x".repeat(3950));

    assertThatThrownBy(() -> SharedEnvironment.refuseLongCommandLine(line))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("3,950 bytes")
        .hasMessageContaining("CLASSPATH");
  }

  @Test
  void shorterOnesAndSystemsThatTellNothingAreLetThrough(@TempDir Path folder) throws IOException {
    Path line = Files.writeString(folder.resolve("cmdline"), "x".repeat(3900));

    assertThatCode(() -> SharedEnvironment.refuseLongCommandLine(line)).doesNotThrowAnyException();
    assertThatCode(() -> SharedEnvironment.refuseLongCommandLine(folder.resolve("none")))
        .doesNotThrowAnyException();
  }
}
