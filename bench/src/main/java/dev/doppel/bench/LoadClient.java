package dev.doppel.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Clients that each send a request, wait for its answer and send the next, on connections that
 * stay. One thread plays all of them on bare sockets, so that it takes little of the machine that
 * it measures.
 */
final class LoadClient {

  private static final int BUFFER = 64 << 10;
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress server;
  private final List<byte[]> requests;
  private final long pause;
  private long interval;
  private int next;

  /**
   * What came of it.
   *
   * @param nanos that each answer took, sorted
   * @param own nanoseconds of a processor that asking itself took
   */
  record Load(double seconds, long[] nanos, int refused, int failed, long own) {

    /** Microseconds of a processor that asking took for each answer. */
    double ownMicroseconds() {
      return own * 1e-3 / nanos.length;
    }

    /** Answers a second. */
    double rate() {
      return nanos.length / seconds;
    }

    /** Milliseconds within which such a share of the answers came. */
    double milliseconds(double share) {
      return nanos.length == 0
          ? Double.NaN
          : nanos[(int) Math.min(nanos.length - 1, Math.floor(share * nanos.length))] * 1e-6;
    }
  }

  /**
   * @param requests whole requests, sent in turn
   * @param pause how long a client waits after a refusal before it asks again
   */
  LoadClient(InetSocketAddress server, List<byte[]> requests, Duration pause) {
    this.server = server;
    this.requests = requests;
    this.pause = pause.toNanos();
  }

  /** Lets each client ask only once in so long, if it is answered by then. */
  LoadClient everySoOften(Duration time) {
    interval = time.toNanos();
    return this;
  }

  /** A whole request that posts a picture. */
  static byte[] post(String path, byte[] picture) {
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, picture.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + picture.length);
    System.arraycopy(picture, 0, whole, head.length, picture.length);
    return whole;
  }

  private final class Client {
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final Selector selector;
    private SocketChannel channel;
    private long sent;
    private long sendAt;
    private boolean waiting;

    Client(Selector selector) throws IOException {
      this.selector = selector;
      this.channel = connect();
    }

    private SocketChannel connect() throws IOException {
      SocketChannel fresh = SocketChannel.open(server);
      fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
      fresh.configureBlocking(false);
      fresh.register(selector, SelectionKey.OP_READ, this);
      return fresh;
    }

    void send() throws IOException {
      ByteBuffer request = ByteBuffer.wrap(requests.get(next++ % requests.size()));
      waiting = true;
      sent = System.nanoTime();
      while (request.hasRemaining()) { // a few kilobytes: the socket takes them at once
        channel.write(request);
      }
    }

    /** The status of the answer, if all of it is there; 0 if not, -1 if it will never be. */
    int receive() throws IOException {
      if (channel.read(in) < 0) {
        return -1;
      }
      int size = in.position();
      int body = bodyAt(size);
      if (body < 0 || size < body + length(body)) {
        return 0;
      }
      int status = 100 * (in.get(9) - '0') + 10 * (in.get(10) - '0') + in.get(11) - '0';
      in.clear();
      waiting = false;
      return status;
    }

    private int bodyAt(int size) {
      for (int i = 3; i < size; i++) {
        if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
          return i + 1;
        }
      }
      return -1;
    }

    private int length(int body) {
      for (int i = 0; i + LENGTH.length < body; i++) {
        int same = 0;
        while (same < LENGTH.length && (in.get(i + same) | 0x20) == (LENGTH[same] | 0x20)) {
          same++;
        }
        if (same == LENGTH.length) {
          int length = 0;
          for (int at = i + same; in.get(at) != '\r'; at++) {
            length = in.get(at) == ' ' ? length : 10 * length + in.get(at) - '0';
          }
          return length;
        }
      }
      return 0;
    }

    void reconnect() throws IOException {
      channel.close();
      in.clear();
      waiting = false;
      channel = connect();
    }
  }

  /** Lets so many clients ask for so long. */
  Load run(int clients, Duration time) {
    try (Selector selector = Selector.open()) {
      List<Client> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(new Client(selector));
      }
      Load load = run(selector, all, time.toNanos());
      for (Client each : all) {
        each.channel.close();
      }
      return load;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Load run(Selector selector, List<Client> all, long time) throws IOException {
    long[] nanos = new long[1024];
    int answered = 0;
    int refused = 0;
    int failed = 0;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long own = threads.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    for (int i = 0; i < all.size(); i++) { // evenly, if they come every so often
      all.get(i).sendAt = begin + interval * i / all.size();
    }
    sendDue(all);
    while (System.nanoTime() - begin < time) {
      selector.select(1);
      for (SelectionKey key : selector.selectedKeys()) {
        Client client = (Client) key.attachment();
        int status = receive(client);
        if (status == 200) {
          nanos = answered < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * answered);
          nanos[answered++] = System.nanoTime() - client.sent;
          if (interval == 0) {
            client.send();
          } else {
            client.sendAt = client.sent + interval;
          }
        } else if (status == 503 || status == 429) {
          refused++;
          client.sendAt = System.nanoTime() + pause;
        } else if (status != 0) {
          failed++;
          client.reconnect();
          client.send();
        }
      }
      selector.selectedKeys().clear();
      if (refused > 0 || interval > 0) {
        sendDue(all);
      }
    }
    long[] sorted = Arrays.copyOf(nanos, answered);
    Arrays.sort(sorted);
    return new Load(
        (System.nanoTime() - begin) * 1e-9,
        sorted,
        refused,
        failed,
        threads.getCurrentThreadCpuTime() - own);
  }

  private static void sendDue(List<Client> all) throws IOException {
    long now = System.nanoTime();
    for (Client each : all) {
      if (!each.waiting && each.sendAt <= now) {
        each.send();
      }
    }
  }

  private static int receive(Client client) {
    try {
      return client.receive();
    } catch (IOException reset) {
      return -1;
    }
  }
}
