package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serves in a process of its own, as only a process can be stopped. */
class ServeCommandTest {

  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");

  @TempDir private Path folder = Path.of("");

  private Process serve(Object... more) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    words.addAll(List.of(Main.class.getName(), "serve", "--model", "omniglot", "--port", "0"));
    words.addAll(List.of("--galleries", folder.resolve("galleries").toString()));
    for (Object each : more) {
      words.add(each.toString());
    }
    ProcessBuilder process =
        new ProcessBuilder(words).redirectError(folder.resolve("err").toFile());
    process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return process.start();
  }

  private String url(BufferedReader out) throws Exception {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher found = URL.matcher(line);
      if (found.find()) {
        return found.group();
      }
    }
    throw new AssertionError(
        "it ended without a word of where it listens: " + Files.readString(folder.resolve("err")));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatWasEnrolledIsThereAfterItWasStoppedAndStartedAgain() throws Exception {
    Process first = serve("--access-log");
    String url;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(first.getInputStream(), UTF_8))) {
      url = url(out);
      assertThat(send(HttpRequest.newBuilder(URI.create(url + "/healthz"))).statusCode())
          .isEqualTo(200);
      HttpResponse<String> enrolled =
          send(
              HttpRequest.newBuilder(URI.create(url + "/v1/galleries/main/items?label=secret-name"))
                  .header("Content-Type", "image/x-portable-graymap")
                  .POST(HttpRequest.BodyPublishers.ofString("P2\n2 2 9\n0 9 9 0\n")));
      assertThat(enrolled.statusCode()).isEqualTo(201);
    } finally {
      first.destroy();
    }
    assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("err")))
        .contains("Stopping", "route=/v1/galleries/{gallery}/items status=201")
        .doesNotContain("secret-name", "jetty");
    assertThat(folder.resolve("galleries/main.gallery")).exists();

    Process second = serve("--json");
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(second.getInputStream(), UTF_8))) {
      url = url(out);
      assertThat(send(HttpRequest.newBuilder(URI.create(url + "/v1/galleries/main/labels"))).body())
          .contains("secret-name");
    } finally {
      second.destroy();
    }
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatCannotBeServedIsTold() throws Exception {
    String galleries = folder.resolve("galleries").toString();
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      CommandLineRun port =
          CommandLineRun.of(
              "serve",
              "--model",
              "omniglot",
              "--galleries",
              galleries,
              "--port",
              taken.getLocalPort());
      assertThat(port.exit()).isEqualTo(1);
      assertThat(port.err()).contains(Integer.toString(taken.getLocalPort()), "--port 0");
    }
    CommandLineRun open =
        CommandLineRun.of(
            "serve", "--model", "omniglot", "--galleries", galleries, "--host", "0.0.0.0");
    assertThat(open.exit()).isEqualTo(2);
    assertThat(open.err()).contains("doppel key add");
    CommandLineRun tls =
        CommandLineRun.of(
            "serve", "--model", "omniglot", "--galleries", galleries, "--tls-keystore", "a.p12");
    assertThat(tls.err()).contains("--tls-password-file");
    CommandLineRun keys =
        CommandLineRun.of(
            "serve",
            "--model",
            "omniglot",
            "--galleries",
            galleries,
            "--port",
            "0",
            "--keys",
            folder.resolve("none.json"));
    assertThat(keys.exit()).isEqualTo(1);
    assertThat(keys.err()).contains("doppel key add");
    assertThat(folder.resolve("galleries")).doesNotExist();
    Path file = Files.writeString(folder.resolve("ka.png"), "no folder, no keystore");
    CommandLineRun noFolder =
        CommandLineRun.of("serve", "--model", "omniglot", "--galleries", file, "--port", "0");
    assertThat(noFolder.exit()).isEqualTo(1);
    assertThat(noFolder.err()).contains("ka.png is a file. Galleries lie in a folder.");
    CommandLineRun noStore =
        CommandLineRun.of(
            "serve",
            "--model",
            "omniglot",
            "--galleries",
            galleries,
            "--tls-keystore",
            file,
            "--tls-password-file",
            file);
    assertThat(noStore.exit()).isEqualTo(1);
    assertThat(noStore.err())
        .contains("ka.png is no PKCS12 keystore.", "keytool")
        .doesNotContain("Exception", "DerInputStream");
  }
}
