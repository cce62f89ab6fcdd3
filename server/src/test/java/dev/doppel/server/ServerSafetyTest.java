package dev.doppel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.doppel.error.OptionException;
import dev.doppel.error.ServerException;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.image.Preprocess;
import dev.doppel.model.Encoder;
import dev.doppel.model.Twin;
import dev.doppel.server.Site.Got;
import dev.doppel.server.embed.EmbedLimits;
import dev.doppel.server.guard.KeyFile;
import dev.doppel.server.guard.Scope;
import dev.doppel.server.http.HttpLimits;
import dev.doppel.server.store.MemoryGalleries;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the server and those who use it safe. */
class ServerSafetyTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder = Path.of("");

  private static ServerOptions with(HttpLimits http) {
    return ServerOptions.local(0).withHttp(http);
  }

  @Test
  void everyAnswerTellsBrowsersToBeCareful() throws IOException {
    try (Site site = new Site()) {
      for (String path : List.of("/", "/healthz", "/v1/none", "/v1/galleries", "/page/x")) {
        Got got = site.get(path);
        assertThat(got.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
        assertThat(got.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(got.header("Permissions-Policy")).contains("camera=(self)");
        assertThat(got.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(got.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(got.header("Server")).isEmpty();
      }
      assertThat(site.raw("nonsense\r\n\r\n"))
          .startsWith("HTTP/1.1 400")
          .contains("{\"error\":{\"code\":\"bad_http\"", "nosniff", "X-Request-Id:");
    }
  }

  @Test
  void aNameThatNoRequestCanHaveIsRefused() {
    for (String name :
        List.of("*", "*.example.com", "http://x", "a b", "x:80", "", "::1", "-x", "x/", "é")) {
      assertThatThrownBy(() -> new Listening("127.0.0.1", 0, Optional.empty(), false, Set.of(name)))
          .as(name)
          .isInstanceOf(OptionException.class)
          .hasMessageContaining("--allow-host \"" + name + "\"");
    }
    Set<String> good = Set.of("x", "Doppel.Example", "a-b.c_d.e", "10.0.0.1", "[::1]", "xn--9ca");
    assertThat(new Listening("127.0.0.1", 0, Optional.empty(), false, good).names())
        .isEqualTo(good);
  }

  @Test
  void whatIsNoHttpIsToldInWordsOfItsOwn() throws IOException {
    try (Site site = new Site()) {
      String host = "Host: localhost\r\n";
      assertThat(site.raw("nonsense\r\n\r\n")).contains("\"given\":\"A request that is no HTTP");
      assertThat(site.raw("GET / HTTP/1.1\r\n" + host + "X: " + "x".repeat(20_000) + "\r\n\r\n"))
          .contains("headers of more than 8 kB");
    }
  }

  @Test
  void otherMachinesAreLetInOnlyWithKeysAndTls() {
    MemoryGalleries none = new MemoryGalleries(ModelStamp.of(ToyTwin.make()));
    Listening everywhere = new Listening("0.0.0.0", 0, Optional.empty(), false, Set.of());
    ServerOptions open = ServerOptions.local(0).withListening(everywhere);
    assertThatThrownBy(() -> DoppelServer.start(ToyTwin.make(), none, open))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("doppel key add");
    Path keys = folder.resolve("keys.json");
    String key = KeyFile.add(keys, "me", Set.of(Scope.READ), Set.of(), NOW);
    ServerOptions keyed = open.withKeys(Optional.of(keys), 0);
    assertThatThrownBy(() -> DoppelServer.start(ToyTwin.make(), none, keyed))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("--tls-keystore");
    ServerOptions proxied =
        keyed.withListening(new Listening("0.0.0.0", 0, Optional.empty(), true, Set.of()));
    try (Site site = new Site(proxied)) {
      Got got = site.send(site.to("/v1/galleries").header("Authorization", "Bearer " + key));
      assertThat(got.status()).isEqualTo(200);
    }
  }

  @Test
  void aKeyOpensWhatItIsFor() {
    Path keys = folder.resolve("keys.json");
    String reads = KeyFile.add(keys, "reads", Set.of(Scope.READ), Set.of(), NOW);
    String main = KeyFile.add(keys, "main", Set.of(Scope.values()), Set.of("main"), NOW);
    try (Site site = new Site(ServerOptions.local(0).withKeys(Optional.of(keys), 0))) {
      assertThat(site.get("/healthz").status()).isEqualTo(200);
      assertThat(site.get("/").status()).isEqualTo(200);
      Got none = site.get("/v1/galleries");
      assertThat(none.status()).isEqualTo(401);
      assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(site.get("/metrics").status()).isEqualTo(401);
      HttpRequest.Builder enrol =
          site.to("/v1/galleries/main/items?label=a")
              .header("Content-Type", "image/png")
              .POST(HttpRequest.BodyPublishers.ofByteArray(ToyTwin.png(1)));
      assertThat(site.send(enrol.copy().header("Authorization", "Bearer " + reads)).status())
          .isEqualTo(403);
      assertThat(site.send(enrol.copy().header("Authorization", "Bearer " + main)).status())
          .isEqualTo(201);
      String other = "/v1/galleries/other";
      assertThat(site.send(site.to(other).header("Authorization", "Bearer " + main)).status())
          .isEqualTo(403);
      assertThat(
              site.send(
                      site.to("/v1/galleries")
                          .header("Authorization", "Bearer " + main)
                          .header("Content-Type", "application/json")
                          .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"other\"}")))
                  .status())
          .isEqualTo(403);
      assertThat(site.send(site.to(other).header("Authorization", "Bearer " + reads)).status())
          .isEqualTo(404);
    }
  }

  @Test
  void whoAsksTooOftenWaits() {
    try (Site site = new Site(ServerOptions.local(0).withKeys(Optional.empty(), 0.001))) {
      Got got = site.get("/v1/galleries");
      assertThat(got.status()).isEqualTo(429);
      assertThat(Integer.parseInt(got.header("Retry-After"))).isPositive();
      assertThat(site.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void otherHostsAndOtherSitesPagesAreTurnedAway() throws IOException {
    try (Site site = new Site()) {
      assertThat(site.raw("GET / HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 403")
          .contains("wrong_host");
      Got cross =
          site.send(
              site.to("/v1/galleries/main?confirm=main")
                  .header("Origin", "http://evil.example")
                  .DELETE());
      assertThat(cross.status()).isEqualTo(403);
      assertThat(cross.code()).isEqualTo("cross_origin");
      assertThat(
              site.send(
                      site.to("/v1/galleries/main?confirm=main")
                          .header("Origin", site.server().url())
                          .header("Sec-Fetch-Site", "same-origin")
                          .DELETE())
                  .status())
          .isEqualTo(204);
    }
  }

  @Test
  void bodiesAreLimitedWhateverTheyAnnounce() throws IOException {
    HttpLimits small =
        new HttpLimits(4000, 9000, 4, 8, Duration.ofSeconds(10), Duration.ofSeconds(30), 50);
    try (Site site = new Site(with(small))) {
      String path = "/v1/galleries/main/identify";
      assertThat(site.picture(path, new byte[4001]).status()).isEqualTo(413);
      assertThat(site.picture(path, new byte[4000]).status()).isEqualTo(422);
      assertThat(site.json("POST", path, " ".repeat(9001)).status()).isEqualTo(413);
      assertThat(site.json("POST", path, " ".repeat(9000)).status()).isEqualTo(400);
      String chunked =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n";
      assertThat(site.raw(chunked + ("400\r\n" + "x".repeat(1024) + "\r\n").repeat(5)))
          .startsWith("HTTP/1.1 413");
      assertThat(site.post(path, Map.of("images", List.of("", "", "", "", ""))).code())
          .isEqualTo("too_many_images");
    }
  }

  @Test
  void largePicturesAreRefusedByTheirHeader() {
    try (Site site = new Site(ServerOptions.local(0).withPixels(24 * 24 - 1))) {
      Got got = site.picture("/v1/galleries/main/identify", ToyTwin.png(1));
      assertThat(got.status()).isEqualTo(422);
      assertThat(got.code()).isEqualTo("image_too_large");
    }
  }

  @Test
  void connectionsThatTrickleAreClosed() throws Exception {
    HttpLimits hasty =
        new HttpLimits(1 << 20, 1 << 20, 4, 8, Duration.ofSeconds(10), Duration.ofMillis(400), 50);
    String[] begun = {
      "GET / HTTP/1.1\r\nX: ",
      String.join(
          "\r\n",
          "POST /v1/galleries/main/identify HTTP/1.1",
          "Host: localhost",
          "Content-Type: image/png",
          "Content-Length: 100000",
          "",
          "")
    };
    try (Site site = new Site(with(hasty))) {
      for (String start : begun) {
        try (Socket socket = site.connect()) {
          OutputStream out = socket.getOutputStream();
          out.write(start.getBytes(UTF_8));
          boolean closed = false;
          for (int i = 0; i < 2000 && !closed; i++) { // a byte now and then, for twenty seconds
            try {
              out.write('a');
              out.flush();
              Thread.sleep(10);
            } catch (IOException gone) {
              closed = true;
            }
          }
          assertThat(closed).as(start).isTrue();
        }
      }
      assertThat(site.get("/healthz").status()).isEqualTo(200);
    }
  }

  /** The toy, held up until there are permits. */
  private static Twin heldUp(Semaphore permits) {
    Twin toy = ToyTwin.make();
    Encoder encoder =
        new Encoder() {
          @Override
          public Preprocess preprocess() {
            return toy.encoder().preprocess();
          }

          @Override
          public int dim() {
            return toy.encoder().dim();
          }

          @Override
          public float[] embed(float[] planes, int count) {
            permits.acquireUninterruptibly();
            return toy.encoder().embed(planes, count);
          }
        };
    return new Twin(
        toy.name(), toy.fingerprint(), encoder, toy.head(), toy.calibration(), toy.provenance());
  }

  private static void awaitHeldUp(Semaphore permits) throws InterruptedException {
    while (permits.getQueueLength() == 0) {
      Thread.sleep(1);
    }
  }

  private static CompletableFuture<Got> later(Site site) {
    return CompletableFuture.supplyAsync(
        () ->
            site.post(
                "/v1/verify",
                Map.of(
                    "first", Site.base64(ToyTwin.png(1)), "second", Site.base64(ToyTwin.png(1)))));
  }

  @Test
  void moreThanCanBeDoneIsRefusedAtOnce() throws Exception {
    Semaphore permits = new Semaphore(0);
    HttpLimits one =
        new HttpLimits(1 << 20, 1 << 20, 4, 1, Duration.ofSeconds(60), Duration.ofSeconds(60), 50);
    try (Site site = new Site(heldUp(permits), with(one))) {
      CompletableFuture<Got> first = later(site);
      awaitHeldUp(permits);
      Got second = site.get("/v1/galleries");
      assertThat(second.status()).isEqualTo(503);
      assertThat(second.header("Retry-After")).isEqualTo("1");
      assertThat(site.get("/healthz").status()).isEqualTo(200);
      permits.release(9);
      assertThat(first.get().status()).isEqualTo(200);
    }
  }

  @Test
  void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
    Semaphore permits = new Semaphore(0);
    HttpLimits hasty =
        new HttpLimits(1 << 20, 1 << 20, 4, 8, Duration.ofMillis(50), Duration.ofSeconds(60), 50);
    ServerOptions options =
        with(hasty).withEmbed(new EmbedLimits(1, 4, 100, Duration.ofSeconds(60)));
    try (Site site = new Site(heldUp(permits), options)) {
      CompletableFuture<Got> holdsTheLane = later(site);
      Got second = later(site).get();
      if (second.status() == 200) {
        throw new AssertionError("the lane was not held");
      }
      assertThat(second.status()).isEqualTo(503);
      permits.release(9);
      assertThat(holdsTheLane.get().status()).isIn(200, 503);
    } finally {
      permits.release(9);
    }
  }

  @Test
  void whatIsUnderWayIsFinishedBeforeItStops() throws Exception {
    Semaphore permits = new Semaphore(0);
    Site site = new Site(heldUp(permits), ServerOptions.local(0));
    CompletableFuture<Got> first = later(site);
    awaitHeldUp(permits);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(site::close);
    Thread.sleep(50);
    assertThat(closed).isNotDone();
    permits.release(9);
    assertThat(first.get().status()).isEqualTo(200);
    closed.get();
    assertThatThrownBy(site::connect).isInstanceOf(IOException.class);
  }

  @Test
  void aPortThatIsTakenIsTold() {
    try (Site site = new Site()) {
      assertThatThrownBy(() -> new Site(ServerOptions.local(site.server().port())))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining(Integer.toString(site.server().port()))
          .hasMessageContaining("--port 0");
    }
  }

  @Test
  void tlsIsSpokenWithTheGivenCertificate() throws Exception {
    Path store = folder.resolve("server.p12");
    Path password = Files.writeString(folder.resolve("password"), "secret-enough\n");
    keytool(store, "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
    Listening.Tls tls = new Listening.Tls(store, password);
    Listening here = new Listening("127.0.0.1", 0, Optional.of(tls), false, Set.of());
    try (Site site = new Site(ServerOptions.local(0).withListening(here))) {
      assertThat(site.server().url()).startsWith("https://127.0.0.1:");
      try (Socket plain = site.connect();
          SSLSocket socket =
              (SSLSocket)
                  trusting(store)
                      .getSocketFactory()
                      .createSocket(plain, "localhost", site.server().port(), true)) {
        socket
            .getOutputStream()
            .write(
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(UTF_8));
        assertThat(Site.all(socket.getInputStream())).startsWith("HTTP/1.1 200");
      }
    }
    Files.writeString(password, "wrong");
    assertThatThrownBy(() -> new Site(ServerOptions.local(0).withListening(here)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("does not open the keystore");
  }

  private static void keytool(Path store, String name, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of(java("keytool"), "-genkeypair", "-keyalg", "EC"));
    words.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    words.addAll(List.of("-storepass", "secret-enough", "-dname", name));
    words.addAll(List.of(more));
    assertThat(new ProcessBuilder(words).redirectErrorStream(true).start().waitFor()).isZero();
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  @Test
  void aCertificateForOtherHostsIsWarnedOfAndOursAreAnsweredAllTheSame() throws Exception {
    Path store = folder.resolve("server.p12");
    Path password = Files.writeString(folder.resolve("password"), "secret-enough\n");
    keytool(store, "CN=elsewhere", "-ext", "SAN=dns:elsewhere.example");
    Listening.Tls tls = new Listening.Tls(store, password);
    Listening here = new Listening("127.0.0.1", 0, Optional.of(tls), false, Set.of());
    try (Logged log = new Logged("dev.doppel.server");
        Site site = new Site(ServerOptions.local(0).withListening(here))) {
      assertThat(log.lines())
          .singleElement(as(STRING))
          .contains("names elsewhere.example", "localhost", "keytool", "san=", "dns:localhost");
      for (String host : List.of("localhost", "127.0.0.1", "elsewhere.example")) {
        try (Socket plain = site.connect();
            SSLSocket socket =
                (SSLSocket)
                    trusting(store)
                        .getSocketFactory()
                        .createSocket(plain, host, site.server().port(), true)) {
          String request = "GET /healthz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
          socket.getOutputStream().write(request.formatted(host).getBytes(UTF_8));
          assertThat(Site.all(socket.getInputStream()))
              .as(host)
              .startsWith(host.equals("elsewhere.example") ? "HTTP/1.1 403" : "HTTP/1.1 200");
        }
      }
    }
  }

  @Test
  void theLineThatIsAdvisedMakesACertificateThatClientsAccept() throws Exception {
    Path store = folder.resolve("server.p12");
    Path password = Files.writeString(folder.resolve("password"), "secret-enough\n");
    Listening.Tls tls = new Listening.Tls(store, password);
    Listening here = new Listening("127.0.0.1", 0, Optional.of(tls), false, Set.of());
    ServerOptions options = ServerOptions.local(0).withListening(here);
    String line = "";
    try {
      new Site(options).close();
    } catch (ServerException e) {
      line = e.next().replaceFirst("^[^`]*`", "").replaceFirst("`.*$", "");
    }
    assertThat(line).startsWith("keytool ");
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.set(0, java("keytool"));
    assertThat(new ProcessBuilder(words).redirectErrorStream(true).start().waitFor()).isZero();
    try (Logged log = new Logged("dev.doppel.server");
        Site site = new Site(options)) {
      assertThat(log.lines()).isEmpty();
      HttpClient strict = HttpClient.newBuilder().sslContext(trusting(store)).build();
      for (String host : List.of("localhost", "127.0.0.1")) {
        URI uri = URI.create("https://%s:%d/healthz".formatted(host, site.server().port()));
        assertThat(
                strict
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void furtherNamesTakeNothingFromThoseItHas() throws IOException {
    Path keys = folder.resolve("keys.json");
    KeyFile.add(keys, "me", Set.of(Scope.READ), Set.of(), NOW);
    Listening named = new Listening("0.0.0.0", 0, Optional.empty(), true, Set.of("Doppel.example"));
    ServerOptions options =
        ServerOptions.local(0).withKeys(Optional.of(keys), 0).withListening(named);
    try (Site site = new Site(options)) {
      String other = "GET /healthz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n";
      List<String> hosts =
          new ArrayList<>(
              List.of("localhost", "127.0.0.1:80", "[::1]:1", "[0:0:0::1]", "doppel.example:443"));
      hosts.add(URI.create(site.server().url()).getAuthority());
      for (InetAddress each : InetAddress.getAllByName(InetAddress.getLocalHost().getHostName())) {
        if (NetworkInterface.getByInetAddress(each) != null) {
          String address = each.getHostAddress().replaceFirst("%.*", "");
          hosts.add(address.contains(":") ? "[" + address + "]" : address);
        }
      }
      for (String host : hosts) {
        assertThat(site.raw(other.formatted(host))).as(host).startsWith("HTTP/1.1 200");
      }
      for (String host : List.of("evil.example", "[::2]", "localhost.evil.example")) {
        assertThat(site.raw(other.formatted(host)))
            .as(host)
            .startsWith("HTTP/1.1 403")
            .contains("Use " + site.server().url());
      }
    }
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore trusted = KeyStore.getInstance(store.toFile(), "secret-enough".toCharArray());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry(
        "server", trusted.getCertificate(trusted.aliases().nextElement()));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
