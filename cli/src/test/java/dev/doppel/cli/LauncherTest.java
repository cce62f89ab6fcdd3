package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher in a repository of stand-ins: a JDK that says how it was called, and a build
 * that counts its runs. Where there is no POSIX shell there is no such launcher either.
 */
class LauncherTest {

  private static final boolean POSIX = Files.isExecutable(Path.of("/bin/sh"));

  @TempDir private Path folder = Path.of("");
  private Path root = Path.of("");
  private Path jdk = Path.of("");

  private record Launch(int exit, String out, String err) {}

  @BeforeEach
  void layOutARepository() throws IOException {
    folder = folder.toRealPath();
    root = Files.createDirectories(folder.resolve("a repository"));
    Path launcher = Path.of("..", "doppel").toAbsolutePath().normalize();
    Files.copy(launcher, root.resolve("doppel"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    for (String module : List.of("core", "simd", "onnx", "gallery", "server", "torch", "cli")) {
      Files.createDirectories(root.resolve(module + "/src/main"));
      Files.writeString(root.resolve(module + "/pom.xml"), "<project/>");
      Files.writeString(root.resolve(module + "/src/main/Some.java"), "class Some {}");
    }
    Files.createDirectories(root.resolve("models"));
    Files.writeString(root.resolve("models/pom.xml"), "<project/>");
    Files.writeString(root.resolve("models/small.onnx"), "weights");
    script(
        root.resolve("mvnw"),
        """
        echo built >>builds
        [ ! -f broken ] || { echo '[ERROR] Some.java:1 nonsense'; exit 1; }
        sleep 0.3
        mkdir -p cli/target/lib
        echo jar >cli/target/doppel.jar
        echo jar >cli/target/lib/other-1.jar
        """);
    jdk = jdk("jdk-21", "21.0.1");
    ageSources();
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/javac"), "");
    script(
        home.resolve("bin/java"),
        """
        for word; do
          case $word in
            -XX:DumpLoadedClassList=*) echo classes >"${word#*=}"; exit 0 ;;
            -XX:SharedClassListFile=*) read -r list <"${word#*=}" ;;
            -XX:SharedArchiveFile=*) archive=${word#*=} ;;
            dev.doppel.cli.NativeLibraries) unpack=yes ;;
            *) [ "${unpack:-}" != yes ] || { mkdir -p "$word"; echo %1$s >>"$word/calls"; exit 0; } ;;
          esac
        done
        [ "${list:-}" != classes ] || { echo archive >"$archive"; exit 0; }
        case " $* " in
          *jdk.incubator.vector*)
            echo 'Picked up JAVA_TOOL_OPTIONS: some' >&2
            echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
            printf 'said, without an end' >&2 ;;
        esac
        echo "version %1$s in $(pwd)"
        echo "tunables: ${GLIBC_TUNABLES:-none}"
        for word; do echo "<$word>"; done
        exit 7
        """
            .formatted(version));
    return home;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    if (POSIX) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void ageSources() throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
      }
    }
  }

  private ProcessBuilder launcher(String... words) {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add("/bin/sh");
    builder.command().add(root.resolve("doppel").toString());
    builder.command().addAll(List.of(words));
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("DOPPEL_JAVA_OPTS");
    builder.environment().remove("GLIBC_TUNABLES");
    return builder;
  }

  private Launch run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Launch(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private int builds() throws IOException {
    return Files.readAllLines(root.resolve("builds"), UTF_8).size();
  }

  @Test
  void itBuildsOnceAndPassesEveryWordOn() throws Exception {
    if (!POSIX) {
      return;
    }
    Launch first = run(launcher("verify", "a b.png", "", "--model=*"));
    Launch second = run(launcher("verify", "a b.png", "", "--model=*"));

    assertThat(first.err()).contains("building with JDK 21.0.1");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
    assertThat(second.exit()).isEqualTo(7); // the program's own
    assertThat(second.out())
        .startsWith("version 21.0.1 in " + folder + "\n")
        .endsWith("doppel.jar>\n<verify>\n<a b.png>\n<>\n<--model=*>\n");
  }

  /** The folder of the last build. */
  private Path app() throws IOException {
    Path state = root.resolve("target/launcher");
    return state.resolve(Files.readString(state.resolve("stamp")).strip());
  }

  @Test
  void startsAreMadeQuickOnceForEachBuildAndJdk() throws Exception {
    if (!POSIX) {
      return;
    }
    run(launcher());
    run(launcher());
    jdk = jdk("jdk-25", "25.0.3");
    Launch newer = run(launcher("identify", "a.png"));

    assertThat(builds()).isEqualTo(1);
    assertThat(app().resolve("classes-21.0.1.jsa")).hasContent("archive");
    assertThat(app().resolve("classes-25.0.3.jsa")).hasContent("archive");
    assertThat(app().resolve("natives/calls")).hasContent("21.0.1\n25.0.3");
    assertThat(newer.out())
        .contains("<-XX:SharedArchiveFile=" + app().resolve("classes-25.0.3.jsa") + ">")
        .contains("<-Ddoppel.natives=" + app().resolve("natives") + ">");
  }

  @Test
  void whatEndsSoonIsNotCompiledForTheLongRun() throws Exception {
    if (!POSIX) {
      return;
    }
    String quick = "<-XX:TieredStopAtLevel=1>";
    assertThat(run(launcher("identify", "a.png")).out()).contains(quick);
    assertThat(run(launcher("gallery", "stats")).out()).contains(quick);
    assertThat(run(launcher("gallery", "reembed")).out()).doesNotContain(quick);
    assertThat(run(launcher("enroll", "a", "a.png")).out()).doesNotContain(quick);
    assertThat(run(launcher("train")).out()).doesNotContain(quick).contains("<-Xmx4g>");
  }

  @Test
  void trainingKeepsTheMemoryOfAStepUnlessToldOtherwise() throws Exception {
    if (!POSIX) {
      return;
    }
    assertThat(run(launcher("train")).out()).contains("tunables: glibc.malloc.mmap_max=0:");
    assertThat(run(launcher("identify", "a.png")).out()).contains("tunables: none");
    ProcessBuilder own = launcher("train");
    own.environment().put("GLIBC_TUNABLES", "glibc.malloc.check=0");
    assertThat(run(own).out()).contains("tunables: glibc.malloc.check=0\n");
  }

  @Test
  void aTerminalIsSparedTheWarningAboutTheVectorModuleAndNothingElse() throws Exception {
    if (!POSIX || !Files.isExecutable(Path.of("/usr/bin/script"))) {
      return;
    }
    run(launcher());
    ProcessBuilder inTerminal = launcher();
    inTerminal.command(
        "/usr/bin/script", "-qec", "/bin/sh '" + root.resolve("doppel") + "' serve", "/dev/null");
    Launch serve = run(inTerminal);

    assertThat(serve.exit()).isEqualTo(7);
    assertThat(serve.out())
        .contains("<--add-modules>", "<jdk.incubator.vector>", "<serve>")
        .contains("Picked up JAVA_TOOL_OPTIONS: some", "said, without an end")
        .doesNotContain("WARNING");
  }

  @Test
  void whatNoPersonReadsGoesStraight() throws Exception {
    if (!POSIX) {
      return;
    }
    run(launcher());
    Launch serve = run(launcher("serve"));

    assertThat(serve.exit()).isEqualTo(7);
    assertThat(serve.err())
        .startsWith("Picked up JAVA_TOOL_OPTIONS: some\nWARNING: Using incubator modules")
        .endsWith("said, without an end");
  }

  @Test
  void aSignalToTheLauncherReachesTheProgram() throws Exception {
    if (!POSIX) {
      return;
    }
    script(
        jdk.resolve("bin/java"),
        """
        trap 'echo ending >&2; exit 143' TERM
        echo ready >&2
        while :; do sleep 0.05; done
        """);
    Files.createDirectories(root.resolve("target/launcher/app/lib"));
    Files.writeString(root.resolve("target/launcher/app/doppel.jar"), "jar");
    Files.writeString(root.resolve("target/launcher/app/classes-21.0.1.jsa"), "archive");
    Files.writeString(root.resolve("target/launcher/stamp"), "app\n");

    Process process = launcher("serve").start();
    BufferedReader err = process.errorReader(UTF_8);
    assertThat(err.readLine()).isEqualTo("ready");
    process.toHandle().destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(err.readLine()).isEqualTo("ending");
    assertThat(err.readLine()).isNull();
  }

  @Test
  void aChangedAnAddedAndARemovedSourceAreBuilt() throws Exception {
    if (!POSIX) {
      return;
    }
    run(launcher());
    Files.writeString(root.resolve("core/src/main/Some.java"), "class Some { int changed; }");
    run(launcher());
    assertThat(builds()).isEqualTo(2);

    Path added = Files.writeString(root.resolve("cli/src/main/New.java"), "class New {}");
    run(launcher());
    assertThat(builds()).isEqualTo(3);

    Files.delete(added);
    run(launcher());
    assertThat(builds()).isEqualTo(4);

    Files.writeString(root.resolve("models/small.onnx"), "other weights");
    run(launcher());
    assertThat(builds()).isEqualTo(5);
    run(launcher());
    assertThat(builds()).isEqualTo(5);
  }

  @Test
  void launchesAtOnceBuildOnce() throws Exception {
    if (!POSIX) {
      return;
    }
    Process one = launcher().redirectErrorStream(true).start();
    Process two = launcher().redirectErrorStream(true).start();
    assertThat(one.waitFor(60, TimeUnit.SECONDS) && two.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(builds()).isEqualTo(1);
    assertThat(one.exitValue()).isEqualTo(7);
    assertThat(two.exitValue()).isEqualTo(7);
  }

  @Test
  void theLockOfALaunchThatDiedHoldsNobodyUp() throws Exception {
    if (!POSIX) {
      return;
    }
    Process dead = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
    dead.waitFor();
    Path lock = Files.createDirectories(root.resolve("target/launcher/lock"));
    Files.writeString(lock.resolve("pid"), Long.toString(dead.pid()));

    assertThat(run(launcher()).exit()).isEqualTo(7);
    assertThat(lock).doesNotExist();
  }

  @Test
  void aBuildThatFailsIsToldAndTriedAgain() throws Exception {
    if (!POSIX) {
      return;
    }
    Path broken = Files.createFile(root.resolve("broken"));
    Launch failed = run(launcher());
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains("Some.java:1 nonsense", "the build failed", "build.log");

    Files.delete(broken);
    assertThat(run(launcher()).exit()).isEqualTo(7);
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
    if (!POSIX) {
      return;
    }
    Path old = jdk("jdk-11", "11.0.2");
    ProcessBuilder builder = launcher();
    builder.environment().put("JAVA_HOME", old.toString());
    builder.environment().put("PATH", jdk.resolve("bin") + ":" + System.getenv("PATH"));

    assertThat(run(builder).out()).startsWith("version 21.0.1");
  }

  @Test
  void itIsFoundThroughLinksAndSaysWhereItLooks() throws Exception {
    if (!POSIX) {
      return;
    }
    Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("doppel"));
    ProcessBuilder builder = launcher();
    builder.command().set(1, link.toString());

    assertThat(run(builder).exit()).isEqualTo(7);
  }
}
