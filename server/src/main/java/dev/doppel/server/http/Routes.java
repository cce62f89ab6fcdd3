package dev.doppel.server.http;

import dev.doppel.server.error.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. Immutable and thread-safe. */
public final class Routes {

  /** A route with the values of its path's places. */
  record Found(Route route, Map<String, String> places) {}

  private record Pattern(Route route, String[] segments) {}

  private final List<Pattern> patterns = new ArrayList<>();

  /** These routes; of two that fit, the one named first answers. */
  public Routes(List<Route> routes) {
    for (Route route : routes) {
      patterns.add(new Pattern(route, route.path().split("/", -1)));
    }
  }

  /** All routes. */
  public List<Route> all() {
    return patterns.stream().map(Pattern::route).toList();
  }

  /**
   * The route of a request.
   *
   * @param path still encoded
   * @throws Refusal if there is none, or none of this method
   */
  Found find(String method, String path) {
    String[] segments = path.split("/", -1);
    Set<String> allowed = new TreeSet<>();
    for (Pattern pattern : patterns) {
      if (fits(pattern.segments, segments)) {
        if (pattern.route.method().equals(method)
            || (method.equals("HEAD") && pattern.route.method().equals("GET"))) {
          return new Found(pattern.route, places(pattern.segments, segments));
        }
        allowed.add(pattern.route.method());
      }
    }
    if (allowed.isEmpty()) {
      throw new Refusal(
          404,
          "unknown_address",
          "Nothing is here",
          "Addresses are those of /openapi.json",
          "Check the address");
    }
    throw new Refusal(
        405,
        "wrong_method",
        "A method that this address does not have",
        String.join(", ", allowed),
        "Use one of these");
  }

  private static boolean fits(String[] pattern, String[] segments) {
    if (pattern.length != segments.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      if (place(pattern[i]) == null && !pattern[i].equals(segments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> places(String[] pattern, String[] segments) {
    Map<String, String> places = new HashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      String name = place(pattern[i]);
      if (name != null) {
        places.put(name, Query.decode(segments[i], false));
      }
    }
    return places;
  }

  private static @Nullable String place(String segment) {
    return segment.startsWith("{") ? segment.substring(1, segment.length() - 1) : null;
  }
}
