package dev.doppel.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import dev.doppel.error.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * ONNX Runtime's one environment of this process, without telemetry and all but silent.
 *
 * <p>ONNX Runtime 1.29 for Linux takes the process down while it starts, if the command line has
 * some 3,980 bytes or more, as a class path easily has; so that is refused in words.
 */
final class SharedEnvironment {

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final int LONGEST = 3900;

  private SharedEnvironment() {}

  /**
   * The environment.
   *
   * @throws ModelException if starting it would end the process
   */
  static OrtEnvironment get() {
    refuseLongCommandLine(COMMAND_LINE);
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "doppel");
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime keeps its telemetry: " + e.getMessage(), e);
    }
    return environment;
  }

  /**
   * @param file what the system says of the command line, if it does
   */
  static void refuseLongCommandLine(Path file) {
    int length;
    try {
      length = Files.exists(file) ? Files.readAllBytes(file).length : 0;
    } catch (IOException e) {
      return; // a system that does not tell is most likely none that it happens on
    }
    if (length > LONGEST) {
      throw new ModelException(
          String.format(Locale.ROOT, "The command line of this process has %,d bytes", length),
          "ONNX Runtime 1.29 ends processes of more than " + LONGEST,
          "Give the class path by the variable CLASSPATH, or all of it by a file: java @options");
    }
  }
}
