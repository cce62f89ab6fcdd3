package dev.doppel.simd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.search.Kernels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsInUseTest {

  /** Tells a JVM started by hand what it computes with. */
  static final class Asked {

    private Asked() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      System.out.println(Kernels.best().name());
    }
  }

  @Test
  void theVectorApiIsInUseHere() {
    assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
    assertThat(Kernels.best().name()).contains("Vector API", "bits");
  }

  @Test
  void aJvmWithoutTheModuleSaysSoOnceAndRunsOnPlainLoops() throws Exception {
    List<String> said = ask();
    assertThat(said).filteredOn("plain loops"::equals).hasSize(1);
    assertThat(said).filteredOn(line -> line.contains("--add-modules")).hasSize(1);
  }

  @Test
  void aJvmWithTheModuleUsesIt() throws Exception {
    assertThat(ask("--add-modules", "jdk.incubator.vector"))
        .contains(Kernels.best().name())
        .noneMatch(line -> line.contains("--add-modules"));
  }

  private static List<String> ask(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Asked.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
