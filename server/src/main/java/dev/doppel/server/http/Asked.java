package dev.doppel.server.http;

import dev.doppel.server.error.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a request asks for by name, in its query or in its JSON body. Immutable. */
public abstract class Asked {

  /** What metadata are called in a query: this and the key. */
  static final String META = "meta.";

  /** The text of a name, if it is there. */
  public abstract Optional<String> text(String name);

  /** The whole number of a name, if it is there. */
  protected abstract Optional<Long> whole(String name);

  /** The number of a name, if it is there. */
  public abstract Optional<Double> number(String name);

  /** The metadata under a name; in a query each stands by itself under {@code meta.KEY}. */
  public abstract Map<String, String> texts(String name);

  /**
   * The text of a name that must be there.
   *
   * @throws Refusal if it is not
   */
  public final String required(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /**
   * The whole number of a name.
   *
   * @throws Refusal if it is out of range
   */
  public final long whole(String name, long otherwise, long from, long to) {
    long value = whole(name).orElse(otherwise);
    if (value < from || value > to) {
      throw Refusal.malformed(
          name + " is " + value, "It is from " + from + " to " + to, "Change it");
    }
    return value;
  }

  static Refusal missing(String name) {
    return Refusal.malformed("No " + name, "It must be there", "Add it");
  }

  static Refusal wrong(String name, String allowed) {
    return Refusal.malformed(name + " is something else", "It is " + allowed, "Change it");
  }

  /** What stands in a query. */
  static final class InQuery extends Asked {

    private final Map<String, String> values;

    InQuery(Map<String, String> values) {
      this.values = values;
    }

    @Override
    public Optional<String> text(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    protected Optional<Long> whole(String name) {
      return text(name)
          .map(
              text -> {
                if (!text.matches("-?[0-9]{1,18}")) {
                  throw wrong(name, "a whole number");
                }
                return Long.valueOf(text);
              });
    }

    @Override
    public Optional<Double> number(String name) {
      return text(name)
          .map(
              text -> {
                if (!text.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?([eE]-?[0-9]{1,2})?")) {
                  throw wrong(name, "a number");
                }
                return Double.valueOf(text);
              });
    }

    @Override
    public Map<String, String> texts(String name) {
      Map<String, String> metadata = new TreeMap<>();
      values.forEach(
          (key, value) -> {
            if (key.startsWith(META)) {
              metadata.put(key.substring(META.length()), value);
            }
          });
      return metadata;
    }
  }
}
