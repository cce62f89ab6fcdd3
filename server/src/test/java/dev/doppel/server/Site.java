package dev.doppel.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.model.Twin;
import dev.doppel.server.store.Galleries;
import dev.doppel.server.store.MemoryGalleries;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.function.Supplier;

/** A server in this process with galleries in memory, one of them called main, and a client. */
public final class Site implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** An answer. */
  public record Got(int status, byte[] body, HttpResponse<byte[]> whole) {

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + new String(body, UTF_8), e);
      }
    }

    public String code() {
      return json().at("/error/code").asText();
    }

    public String header(String name) {
      return whole.headers().firstValue(name).orElse("");
    }
  }

  private final DoppelServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public Site(Twin twin, ServerOptions options) {
    MemoryGalleries galleries = new MemoryGalleries(ModelStamp.of(twin));
    galleries.create("main");
    this.server = DoppelServer.start(twin, galleries, options);
  }

  public Site(Twin twin, Supplier<Galleries> galleries, ServerOptions options) {
    this.server = DoppelServer.start(twin, galleries, options);
  }

  public Site(ServerOptions options) {
    this(ToyTwin.make(), options);
  }

  public Site() {
    this(ServerOptions.local(0));
  }

  public DoppelServer server() {
    return server;
  }

  /** A request to be completed. */
  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  public Got send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Got(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public Got get(String path) {
    return send(to(path));
  }

  public Got delete(String path) {
    return send(to(path).DELETE());
  }

  public Got picture(String path, byte[] file) {
    return send(
        to(path)
            .header("Content-Type", "image/png")
            .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
  }

  public Got json(String method, String path, String body) {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  public Got post(String path, Object body) {
    try {
      return json("POST", path, JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  public static String base64(byte[] file) {
    return Base64.getEncoder().encodeToString(file);
  }

  /** A bare connection. */
  public Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends bytes as they are and gives all that comes back until the other end closes. */
  public String raw(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
      } catch (IOException closedAlready) {
        // What it said before is still to be read.
      }
      return all(socket.getInputStream());
    }
  }

  public String raw(String request) throws IOException {
    return raw(request.getBytes(UTF_8));
  }

  static String all(InputStream in) {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        text.append(new String(buffer, 0, n, UTF_8));
      }
    } catch (IOException reset) {
      // The end all the same.
    }
    return text.toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
