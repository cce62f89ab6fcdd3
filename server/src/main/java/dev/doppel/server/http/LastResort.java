package dev.doppel.server.http;

import dev.doppel.server.error.Refusal;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what Jetty itself refuses, such as broken HTTP, in the shape of every other error. */
public final class LastResort extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    @Nullable Object cause = request.getAttribute(ERROR_EXCEPTION);
    if (cause instanceof HttpException known) { // of the client's doing, whatever its number
      status = known.getCode() < 500 ? known.getCode() : 400;
    } else if (status < 400) {
      status = 500;
    }
    Refusal refusal =
        status >= 500
            ? new Refusal(
                status,
                "failed",
                "The server failed where it should not",
                "This is a fault of Doppel's",
                "Report it, with this request's id")
            : new Refusal(
                status,
                "bad_http",
                given(status),
                "Requests are HTTP/1.1 as RFC 9112 says, with headers of at most 8 kB",
                "Correct it");
    String id = RequestIds.of(request.getHeaders().get("X-Request-Id"));
    Replies.send(Reply.error(refusal, id), id, request, response, callback);
    return true;
  }

  private static String given(int status) {
    return switch (status) {
      case HttpStatus.URI_TOO_LONG_414 -> "An address that is too long";
      case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "Request headers of more than 8 kB";
      case HttpStatus.NOT_FOUND_404 -> "An address that is not answered here";
      default -> "A request that is no HTTP, or not as it should be";
    };
  }
}
