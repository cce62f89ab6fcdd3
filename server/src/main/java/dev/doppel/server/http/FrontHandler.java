package dev.doppel.server.http;

import dev.doppel.error.OptionException;
import dev.doppel.server.embed.Deadline;
import dev.doppel.server.error.Refusal;
import dev.doppel.server.guard.Caller;
import dev.doppel.server.guard.Gate;
import dev.doppel.server.guard.Visit;
import dev.doppel.server.metrics.Metrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands before all routes: lets a request in, reads it, has it answered, sends the answer.
 *
 * <p>Every way out of here is an answer in one shape, and no bad input is a fault of the server's.
 * Thread-safe.
 */
public final class FrontHandler extends Handler.Abstract {

  private static final Logger LOG = System.getLogger(FrontHandler.class.getName());

  private static final Set<String> PICTURES =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/bmp",
          "image/x-ms-bmp",
          "image/x-portable-graymap",
          "image/x-portable-anymap",
          "application/octet-stream");

  private final Routes routes;
  private final Gate gate;
  private final ConnectionThreads threads;
  private final HttpLimits limits;
  private final Metrics metrics;
  private final Semaphore running;
  private final BodyReader.Budget bodies;
  private final AtomicInteger underWay = new AtomicInteger();
  private final boolean accessLog;
  private volatile boolean stopping;

  /**
   * Answers by these routes.
   *
   * @param accessLog whether each answer is a line in the log, or only the server's own faults
   */
  public FrontHandler(
      Routes routes,
      Gate gate,
      ConnectionThreads threads,
      HttpLimits limits,
      Metrics metrics,
      boolean accessLog) {
    super(InvocationType.NON_BLOCKING); // what takes time is handed on
    this.accessLog = accessLog;
    this.routes = routes;
    this.gate = gate;
    this.threads = threads;
    this.limits = limits;
    this.metrics = metrics;
    this.running = new Semaphore(limits.concurrent());
    long heap = Runtime.getRuntime().maxMemory();
    this.bodies = new BodyReader.Budget(Math.max(heap / 4, 2L * limits.json()));
  }

  /** From now on everything is refused, with the advice to go elsewhere. */
  public void refuseAll() {
    stopping = true;
  }

  /** Whether there are requests whose answers have not left yet. */
  public boolean busy() {
    return underWay.get() > 0;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    underWay.incrementAndGet();
    Turn turn =
        new Turn(
            request,
            response,
            new Callback.Nested(callback) {
              @Override
              public void completed() {
                underWay.decrementAndGet();
              }
            });
    try {
      turn.begin();
    } catch (Refusal e) {
      turn.refuse(e);
    } catch (RuntimeException e) {
      turn.fail(e);
    }
    return true;
  }

  /** One request on its way. */
  private final class Turn {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final String id;
    private String routeName = "-";
    private Caller caller = Caller.ANYBODY;

    Turn(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.id = RequestIds.of(header("X-Request-Id"));
    }

    private @Nullable String header(String name) {
      return request.getHeaders().get(name);
    }

    void begin() {
      Visit visit = visit();
      gate.admit(visit);
      if (stopping) {
        throw Refusal.overloaded("The server is stopping");
      }
      Routes.Found found = routes.find(request.getMethod(), request.getHttpURI().getPath());
      Route route = found.route();
      routeName = route.path();
      if (route.scope().isPresent()) {
        caller = gate.admit(visit, route.scope().get());
      }
      if (!route.hasBody()) {
        if (request.getLength() > 0 || header("Transfer-Encoding") != null) {
          throw Refusal.malformed("A body", "None is read here", "Leave it out");
        }
        answer(found, new byte[0], false);
        return;
      }
      boolean json = isJson(route);
      int limit = !json ? limits.body() : route.hasPictures() ? limits.json() : HttpLimits.SMALL;
      new BodyReader(request, limit, bodies, body -> answer(found, body, json), this::failed).run();
    }

    private Visit visit() {
      return new Visit(
          request.getMethod(),
          header("Host"),
          header("Origin"),
          header("Sec-Fetch-Site"),
          header("Authorization"),
          Request.getRemoteAddr(request));
    }

    /** Whether the body is JSON; else it is a picture. */
    private boolean isJson(Route route) {
      String given = String.valueOf(header("Content-Type"));
      String type = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (type.equals("application/json") && !route.fields().isEmpty()) {
        return true;
      }
      if (route.picture() && PICTURES.contains(type)) {
        return false;
      }
      throw new Refusal(
          415,
          "unsupported_type",
          "A Content-Type that is not read here",
          (route.picture()
                  ? "image/png, jpeg, gif, bmp, x-portable-graymap, application/octet-stream"
                  : "")
              + (route.picture() && !route.fields().isEmpty() ? ", or " : "")
              + (route.fields().isEmpty() ? "" : "application/json"),
          "Say what is sent by Content-Type");
    }

    /** Has it answered: at once if it is small, else by a thread of its own. */
    private void answer(Routes.Found found, byte[] body, boolean json) {
      Route route = found.route();
      if (!route.urgent() && !running.tryAcquire()) {
        refuse(Refusal.overloaded("Too many requests at once"));
        return;
      }
      Answering to = new Once(!route.urgent());
      boolean small = !json && body.length <= HttpLimits.SMALL;
      if (route.prompt().isPresent() && small) {
        try {
          if (route.prompt().get().begin(exchange(found, body, false), to)) {
            return;
          }
        } catch (RuntimeException e) {
          to.fail(e);
          return;
        }
      }
      try {
        threads.execute(() -> work(found, body, json, to));
      } catch (RejectedExecutionException e) {
        to.fail(Refusal.overloaded("Too many requests at once"));
      }
    }

    private void work(Routes.Found found, byte[] body, boolean json, Answering to) {
      Reply reply;
      try {
        reply = found.route().endpoint().answer(exchange(found, body, json));
      } catch (RuntimeException e) {
        to.fail(e);
        return;
      } catch (OutOfMemoryError e) {
        LOG.log(Level.ERROR, "request=" + id + " ran out of memory");
        to.fail(Refusal.overloaded("Not enough memory at the moment"));
        return;
      }
      to.reply(reply);
    }

    /** Sends the answer, and makes room for another request. */
    private final class Once implements Answering {
      private final boolean counted;

      Once(boolean counted) {
        this.counted = counted;
      }

      @Override
      public void reply(Reply reply) {
        leave();
        threads.send(() -> send(reply));
      }

      @Override
      public void fail(RuntimeException reason) {
        leave();
        failed(reason);
      }

      private void leave() {
        if (counted) {
          running.release();
        }
      }
    }

    private Exchange exchange(Routes.Found found, byte[] body, boolean json) {
      Route route = found.route();
      Map<String, String> query = Query.parse(request.getHttpURI().getQuery());
      Map<String, String> known = new HashMap<>();
      route.query().forEach(name -> known.put(name, name));
      for (String name : query.keySet()) {
        boolean meta = name.startsWith(Asked.META) && known.containsKey(Asked.META + "*");
        if (!meta && !known.containsKey(name)) {
          throw JsonBody.unknown("query parameter", name, known);
        }
      }
      if (json && route.picture() && !query.isEmpty()) {
        throw Refusal.malformed(
            "A query beside a JSON body", "JSON says it all in the body", "Move it there");
      }
      return new Exchange(
          found.places(),
          new Asked.InQuery(query),
          json
              ? Optional.of(JsonBody.read(body, route.fields(), limits.images()))
              : Optional.empty(),
          json || !route.picture() ? null : body,
          caller,
          Deadline.in(limits.patience()),
          Optional.ofNullable(header("If-None-Match")));
    }

    void failed(RuntimeException e) {
      if (e instanceof Refusal refusal) {
        refuse(refusal);
      } else if (e instanceof OptionException wrong) {
        refuse(new Refusal(400, "malformed", wrong.given(), wrong.allowed(), wrong.next()));
      } else {
        fail(e);
      }
    }

    /** A fault of our own, whose words stay here. */
    void fail(RuntimeException e) {
      LOG.log(Level.ERROR, "request=" + id + " route=" + routeName + " failed", e);
      refuse(
          new Refusal(
              500,
              "failed",
              "The server failed where it should not",
              "This is a fault of Doppel's, or of the machine it runs on",
              "The server's log says more under this request's id"));
    }

    void refuse(Refusal refusal) {
      Reply reply = Reply.error(refusal, id);
      if (refusal.status() == 401) {
        reply = reply.with("WWW-Authenticate", "Bearer");
      } else if (refusal.status() == 405) {
        reply = reply.with("Allow", refusal.allowed());
      }
      send(reply);
    }

    void send(Reply reply) {
      Replies.send(reply, id, request, response, callback);
      long nanos = System.nanoTime() - request.getBeginNanoTime();
      metrics.request(routeName, reply.status(), nanos);
      boolean fault = reply.status() >= 500 && reply.status() != 503 && reply.status() != 507;
      if (accessLog || fault) {
        AccessLog.write(
            id,
            caller.name(),
            request.getMethod(),
            routeName,
            reply.status(),
            reply.body().length,
            nanos);
      }
    }
  }
}
