package dev.doppel.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionThreadsTest {

  private final ConnectionThreads threads = new ConnectionThreads(8, 2);
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

  /** What Jetty hands to its threads once an answer has left: the connection itself. */
  private final class Continued extends AbstractConnection implements Runnable {
    private final String name;

    Continued(String name) {
      super(new ByteArrayEndPoint(), threads);
      this.name = name;
    }

    @Override
    public void onFillable() {}

    @Override
    public void run() {
      note(name);
    }
  }

  @BeforeEach
  void start() throws Exception {
    threads.start();
  }

  @AfterEach
  void stop() throws Exception {
    threads.stop();
  }

  private void note(String what) {
    done.add(what + (Thread.currentThread().getName().startsWith("doppel") ? " elsewhere" : ""));
  }

  @Test
  void allAnswersAreFoundThenSentThenTheirConnectionsGoneOnWith() {
    threads.answer(
        () -> {
          for (String name : List.of("a", "b")) {
            note("found " + name);
            threads.send(
                () -> {
                  note("sent " + name);
                  threads.execute(new Continued("on with " + name));
                });
          }
        });
    assertThat(done)
        .containsExactly("found a", "found b", "sent a", "sent b", "on with a", "on with b");
  }

  @Test
  void otherWorkAndOtherThreadsGoTheUsualWay() throws Exception {
    threads.answer(() -> threads.execute(() -> note("work")));
    assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("work elsewhere");
    threads.execute(new Continued("on"));
    assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("on elsewhere");
    threads.send(() -> note("sent"));
    assertThat(done.poll()).isEqualTo("sent");
  }

  @Test
  void whatIsLeftWhenOneFailsIsDoneByOthers() throws Exception {
    assertThatThrownBy(
            () ->
                threads.answer(
                    () -> {
                      threads.send(
                          () -> {
                            throw new IllegalStateException("broken");
                          });
                      threads.execute(new Continued("on"));
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("on elsewhere");
  }
}
