package dev.doppel.onnx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * From 1.29.0 on ONNX Runtime sends telemetry unless the environment forbids it, and picks the
 * command line apart for it so that a long one overflows the stack and ends the process.
 */
class QuietRuntimeTest {

  /** Starts ONNX Runtime, whatever the command line. */
  static final class Start {
    public static void main(String[] ignored) {
      OrtEnvironment.getEnvironment();
    }
  }

  @Test
  void aLongCommandLineDoesNotEndTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Start.class.getName(),
                "x".repeat(20_000)) // short enough for Windows
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void itsLibraryKnowsNobodyToReportTo() throws Exception {
    String place = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";
    try (InputStream in = OrtEnvironment.class.getResourceAsStream(place)) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), ISO_8859_1).contains("events.data.microsoft.com"))
          .isFalse();
    }
  }
}
