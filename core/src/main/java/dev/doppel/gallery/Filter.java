package dev.doppel.gallery;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which items count: those whose metadata hold all of these, exactly.
 *
 * @param metadata key and value pairs; none lets everything through
 */
public record Filter(Map<String, String> metadata) {

  private static final Filter NONE = new Filter(Map.of());

  public Filter {
    metadata = Map.copyOf(metadata);
  }

  /** Lets everything through. */
  public static Filter none() {
    return NONE;
  }

  /** Whether everything passes. */
  public boolean isNone() {
    return metadata.isEmpty();
  }

  /** As it is written: {@code colour=red, room=kitchen}, by keys. */
  @Override
  public String toString() {
    return new TreeMap<>(metadata)
        .entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
  }

  /** Whether an item with these metadata passes. */
  public boolean passes(Map<String, String> of) {
    for (Map.Entry<String, String> each : metadata.entrySet()) {
      if (!each.getValue().equals(of.get(each.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
