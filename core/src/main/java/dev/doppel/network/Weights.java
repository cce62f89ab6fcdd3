package dev.doppel.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of a trained network by name, in the order of the forward pass.
 *
 * <p>The arrays are shared, not copied, since they can be hundreds of megabytes: whoever hands
 * weights over stops writing to them.
 *
 * @param values row-major values of each weight
 */
public record Weights(Map<String, float[]> values) {

  public Weights {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The values of one weight.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public float[] get(String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no weight " + name + " among " + values.keySet());
    }
    return found;
  }
}
