package dev.doppel.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.doppel.error.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OmniglotDownloadTest {

  private final Path temp;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** How many bytes the next answers give before the connection breaks; none: all. */
  private final List<Integer> cuts = Collections.synchronizedList(new ArrayList<>());

  private boolean stalls;

  OmniglotDownloadTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void serveTheTinySet() throws IOException {
    TinyOmniglot tiny = new TinyOmniglot();
    files.put("/set/images_background.zip", TinyOmniglot.zip(tiny.background));
    files.put("/set/images_evaluation.zip", TinyOmniglot.zip(tiny.evaluation));
    files.put("/set/one-shot-classification/all_runs.zip", TinyOmniglot.zip(tiny.runs));
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theWholeSetIsFetchedCheckedAndNamed() throws IOException {
    List<String> told = new ArrayList<>();
    Omniglot set = download(1).fetch(temp, (file, bytes) -> told.add(file), TinyOmniglot.SHAPE);
    assertThat(set.background().samples()).hasSize(27);
    assertThat(listed())
        .containsExactly("all_runs.zip", "images_background.zip", "images_evaluation.zip");
    assertThat(told).contains("all_runs.zip", "images_background.zip", "images_evaluation.zip");
    assertThat(OmniglotReading.of(OmniglotFiles.in(temp), TinyOmniglot.SHAPE).orThrow())
        .isEqualTo(set);
  }

  @Test
  void aSecondFetchAsksForNothing() {
    fetch(1);
    requests.clear();
    fetch(1);
    assertThat(requests).isEmpty();
  }

  @Test
  void aBrokenConnectionIsMadeAnewAndGoesOn() throws IOException {
    cuts.addAll(List.of(1000, 1500));
    fetch(3);
    assertThat(requests.subList(0, 3))
        .containsExactly(
            "/set/images_background.zip",
            "/set/images_background.zip bytes=1000-",
            "/set/images_background.zip bytes=2500-");
    assertThat(Files.readAllBytes(temp.resolve("images_background.zip")))
        .isEqualTo(files.get("/set/images_background.zip"));
  }

  @Test
  void theNextDownloadGoesOnWhereTheLastOneStopped() throws IOException {
    cuts.add(1000);
    assertThatThrownBy(() -> fetch(1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("images_background.zip could not be downloaded")
        .hasMessageContaining("goes on where it stopped");
    assertThat(listed()).containsExactly("images_background.zip.part");
    assertThat(Files.size(temp.resolve("images_background.zip.part"))).isEqualTo(1000);
    requests.clear();
    fetch(1);
    assertThat(requests.get(0)).isEqualTo("/set/images_background.zip bytes=1000-");
    assertThat(listed()).hasSize(3);
  }

  @Test
  void aFileThatWasCompleteAlreadyIsNotFetchedAgain() throws IOException {
    byte[] whole = files.getOrDefault("/set/images_background.zip", new byte[0]);
    Files.write(temp.resolve("images_background.zip.part"), whole);
    fetch(1);
    assertThat(listed()).hasSize(3);
  }

  @Test
  void theBeginningOfAnotherFileIsThrownAway() throws IOException {
    byte[] whole = files.getOrDefault("/set/images_background.zip", new byte[0]);
    Files.write(temp.resolve("images_background.zip.part"), new byte[whole.length + 7]);
    fetch(2);
    assertThat(Files.readAllBytes(temp.resolve("images_background.zip"))).isEqualTo(whole);
  }

  @Test
  void wrongContentIsRefusedAndLeavesNothing() throws IOException {
    TinyOmniglot other = new TinyOmniglot();
    other.evaluation.keySet().removeIf(path -> path.contains("Kappa"));
    files.put("/set/images_evaluation.zip", TinyOmniglot.zip(other.evaluation));
    assertThatThrownBy(() -> fetch(1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not Omniglot")
        .hasMessageContaining("1 of 2 alphabets missing: Kappa");
    assertThat(listed()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsRefusedAtOnce() throws IOException {
    files.remove("/set/images_background.zip");
    assertThatThrownBy(() -> fetch(5)).hasMessageContaining("the server answered 404");
    assertThat(requests).hasSize(1);
    assertThat(listed()).isEmpty();
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() {
    stalls = true;
    OmniglotDownload impatient = new OmniglotDownload(home(), Duration.ofMillis(300), 1);
    assertThatThrownBy(() -> impatient.fetch(temp, (file, bytes) -> {}, TinyOmniglot.SHAPE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("could not be downloaded");
  }

  @Test
  void aFullDiskIsToldAndNothingGetsItsFinalName() throws IOException {
    Path full = Path.of("/dev/full"); // Linux: every write fails for want of space
    if (!Files.exists(full)) {
      System.err.println("no /dev/full here, so this test checks nothing");
      return;
    }
    Files.createSymbolicLink(temp.resolve("images_background.zip.part"), full);
    assertThatThrownBy(() -> fetch(5))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("20 MB of disk");
    assertThat(requests).hasSize(1);
    assertThat(listed()).containsExactly("images_background.zip.part");
    Files.delete(temp.resolve("images_background.zip.part"));
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(
            () -> download(1).fetch(file.resolve("in"), (f, b) -> {}, TinyOmniglot.SHAPE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file.resolve("in") + " cannot be made");
  }

  @Test
  void itsHomeIsReachedOverHttps() {
    assertThat(OmniglotDownload.fromHome().home().getScheme()).isEqualTo("https");
    assertThat(OmniglotDownload.HOME.getPath()).endsWith("/");
  }

  private Omniglot fetch(int attempts) {
    return download(attempts).fetch(temp, (file, bytes) -> {}, TinyOmniglot.SHAPE);
  }

  private OmniglotDownload download(int attempts) {
    return new OmniglotDownload(home(), Duration.ofSeconds(10), attempts);
  }

  private URI home() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/set/");
  }

  private List<String> listed() throws IOException {
    try (Stream<Path> found = Files.list(temp)) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(range == null ? path : path + " " + range);
    byte[] file = files.get(path);
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    int begin = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (range != null) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              begin < file.length
                  ? "bytes %d-%d/%d".formatted(begin, file.length - 1, file.length)
                  : "bytes */" + file.length);
    }
    if (begin >= file.length) {
      exchange.sendResponseHeaders(416, -1);
      exchange.close();
      return;
    }
    int cut = cuts.isEmpty() ? file.length - begin : cuts.remove(0);
    exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - begin);
    try {
      OutputStream out = exchange.getResponseBody();
      out.write(file, begin, stalls ? 100 : cut);
      out.flush();
      if (stalls) {
        Thread.sleep(2000);
      }
    } catch (InterruptedException | IOException e) {
      // the client is gone
    } finally {
      exchange.close(); // breaks the connection where fewer bytes were sent than announced
    }
  }
}
