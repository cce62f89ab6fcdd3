package dev.doppel.model;

import dev.doppel.error.ModelException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several twins that answer as one, by the mean of their cosines over several views of each image:
 * slower, and right more often.
 *
 * <p>The result is a twin as any other, with a name and a fingerprint that stand for its parts. It
 * is not calibrated: scores of several views lie closer together than those the parts were
 * calibrated on.
 */
public final class JoinedTwin {

  private JoinedTwin() {}

  /**
   * Joins twins; a single one with the plain view is returned as it is.
   *
   * @throws ModelException if one of them does not compare by the cosine
   */
  public static Twin of(List<Twin> twins, Views views) {
    if (twins.size() == 1 && views.equals(Views.PLAIN)) {
      return twins.get(0);
    }
    for (Twin twin : twins) {
      if (!(twin.head() instanceof Head.Cosine)) {
        throw new ModelException(
            "%s compares by %s".formatted(twin.name(), twin.head().name()),
            "Models are joined, and views averaged, by their cosine",
            "Ask it alone, with one view");
      }
    }
    return new Twin(
        twins.stream().map(Twin::name).collect(Collectors.joining(" + "))
            + (views.equals(Views.PLAIN) ? "" : ", " + views.name() + " views"),
        fingerprint(twins, views),
        new JoinedEncoder(twins.stream().map(Twin::encoder).toList(), views),
        new Head.Cosine(),
        Calibration.NONE,
        provenance(twins));
  }

  /**
   * Depends on what each part is and on every view, so that galleries of other sets are refused.
   */
  private static String fingerprint(List<Twin> twins, Views views) {
    String parts =
        twins.stream().map(Twin::fingerprint).collect(Collectors.joining(" ")) + " " + views;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static Provenance provenance(List<Twin> twins) {
    Map<String, String> parts = new LinkedHashMap<>();
    twins.forEach(twin -> parts.put(twin.name(), twin.fingerprint()));
    Provenance first = twins.get(0).provenance();
    return new Provenance(
        joined(twins, Provenance::architecture),
        joined(twins, Provenance::data),
        joined(twins, Provenance::dataFingerprint),
        twins.stream().anyMatch(twin -> twin.provenance().synthetic()),
        first.seed(),
        parts,
        first.versions(),
        Map.of());
  }

  private static String joined(List<Twin> twins, Function<Provenance, String> part) {
    return twins.stream()
        .map(twin -> part.apply(twin.provenance()))
        .distinct()
        .collect(Collectors.joining(" + "));
  }
}
