package dev.doppel.onnx;

import dev.doppel.model.Twin;
import java.nio.file.Path;

/**
 * A model file in use: a twin that ONNX Runtime runs. Thread-safe.
 *
 * <p>Holds memory outside the heap until closed; the twin's encoder then refuses to embed.
 */
public final class OpenModel implements AutoCloseable {

  /** Enough to tell models apart in a report. */
  private static final int SHORT = 8;

  private final Twin twin;
  private final String fingerprint;
  private final OnnxEncoder encoder;

  OpenModel(Path file, Metadata metadata, OnnxEncoder encoder) {
    this.fingerprint = metadata.fingerprint();
    this.encoder = encoder;
    this.twin =
        new Twin(
            stem(file) + "@" + fingerprint.substring(0, Math.min(SHORT, fingerprint.length())),
            fingerprint,
            encoder,
            metadata.head(),
            metadata.calibration(),
            metadata.provenance());
  }

  /** The twin, named after the file and its fingerprint: {@code model@1a2b3c4d}. */
  public Twin twin() {
    return twin;
  }

  /** 64 hex digits that stand for all that makes the model's scores. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Waits for calls under way, then lets go of the model; a second call does nothing. */
  @Override
  public void close() {
    encoder.close();
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
