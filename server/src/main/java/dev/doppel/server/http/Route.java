package dev.doppel.server.http;

import dev.doppel.server.guard.Scope;
import dev.doppel.server.http.JsonBody.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a path with places, {@code /v1/galleries/{gallery}}, and all that may come with it.
 *
 * @param method of HTTP
 * @param path segments; one in braces stands for any
 * @param scope what a key must allow; empty where none is asked for
 * @param query names of the query; {@code meta.*} stands for all with that beginning
 * @param fields of the JSON body; none where there is no such body
 * @param picture whether the body may be a picture file itself
 * @param urgent whether it is answered however busy the server is
 * @param endpoint what answers
 * @param prompt what answers small requests at once, if there is such a thing
 */
public record Route(
    String method,
    String path,
    Optional<Scope> scope,
    List<String> query,
    Map<String, Kind> fields,
    boolean picture,
    boolean urgent,
    Endpoint endpoint,
    Optional<Prompt> prompt) {

  public Route {
    query = List.copyOf(query);
    fields = Map.copyOf(fields);
  }

  /** A route open to all, with neither query nor body. */
  public static Route open(String method, String path, Endpoint endpoint) {
    return new Route(
        method,
        path,
        Optional.empty(),
        List.of(),
        Map.of(),
        false,
        false,
        endpoint,
        Optional.empty());
  }

  /** A route for those who hold a scope, with neither query nor body. */
  public static Route scoped(Scope scope, String method, String path, Endpoint endpoint) {
    return new Route(
        method,
        path,
        Optional.of(scope),
        List.of(),
        Map.of(),
        false,
        false,
        endpoint,
        Optional.empty());
  }

  /** The same with a query of these names. */
  public Route withQuery(String... names) {
    return new Route(
        method, path, scope, List.of(names), fields, picture, urgent, endpoint, prompt);
  }

  /** The same with a JSON body of these fields. */
  public Route withFields(Map<String, Kind> named) {
    return new Route(method, path, scope, query, named, picture, urgent, endpoint, prompt);
  }

  /** The same, where the body may be a picture and the query says the rest. */
  public Route withPicture() {
    return new Route(method, path, scope, query, fields, true, urgent, endpoint, prompt);
  }

  /** The same, where small pictures are answered at once. */
  public Route withPrompt(Prompt quick) {
    return new Route(
        method, path, scope, query, fields, picture, urgent, endpoint, Optional.of(quick));
  }

  /** The same, answered however busy the server is. */
  public Route asUrgent() {
    return new Route(method, path, scope, query, fields, picture, true, endpoint, prompt);
  }

  /** Whether a body is expected. */
  boolean hasBody() {
    return picture || !fields.isEmpty();
  }

  /** Whether pictures may be in the body, one way or the other. */
  boolean hasPictures() {
    return picture || fields.containsValue(Kind.IMAGE) || fields.containsValue(Kind.IMAGES);
  }
}
