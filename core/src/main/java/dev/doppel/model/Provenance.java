package dev.doppel.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model comes from: what is needed to believe its figures and to make it again.
 *
 * @param architecture name of the architecture
 * @param data what it was trained on
 * @param dataFingerprint fingerprint of the decoded training images
 * @param synthetic whether a program drew the training images
 * @param seed the run's seed
 * @param options every option of the training run, as given
 * @param versions of Doppel, libtorch, the JVM and the machine's processor
 * @param scores figures measured when it was written, as JSON texts by protocol
 */
public record Provenance(
    String architecture,
    String data,
    String dataFingerprint,
    boolean synthetic,
    long seed,
    Map<String, String> options,
    Map<String, String> versions,
    Map<String, String> scores) {

  public Provenance {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }
}
