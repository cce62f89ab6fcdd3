package dev.doppel.server.http;

import dev.doppel.server.embed.Deadline;
import dev.doppel.server.error.Refusal;
import dev.doppel.server.guard.Caller;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that was read and let in.
 *
 * @param places values of the path's places, decoded
 * @param query what stands in the query
 * @param json the body, if it is JSON
 * @param picture the body, if it is a picture file
 * @param caller who asks
 * @param deadline until when an answer is of use
 * @param ifNoneMatch what the client has already
 */
public record Exchange(
    Map<String, String> places,
    Asked query,
    Optional<JsonBody> json,
    byte @Nullable [] picture,
    Caller caller,
    Deadline deadline,
    Optional<String> ifNoneMatch) {

  /** The value of a place. */
  public String place(String name) {
    String value = places.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no {" + name + "}");
    }
    return value;
  }

  /**
   * The number in a place.
   *
   * @throws Refusal if there is no number
   */
  public long number(String name) {
    String text = place(name);
    if (!text.matches("[0-9]{1,18}")) {
      throw Refusal.malformed("An id that is no number", "Ids are whole numbers", "Correct it");
    }
    return Long.parseLong(text);
  }

  /**
   * The gallery that the path names.
   *
   * @throws Refusal if the caller may not use it
   */
  public String gallery() {
    String name = place("gallery");
    if (!caller.mayUse(name)) {
      throw new Refusal(
          403,
          "forbidden",
          "A key that is not for this gallery",
          "Keys may be bound to galleries",
          "Use another key");
    }
    return name;
  }

  /** What is asked for: in the JSON body if there is one, else in the query. */
  public Asked asked() {
    return json.isPresent() ? json.get() : query;
  }
}
