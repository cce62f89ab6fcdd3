package dev.doppel.onnx;

import dev.doppel.image.Preprocess;
import dev.doppel.model.Head;
import dev.doppel.network.Blueprint;
import dev.doppel.network.Shape;
import dev.doppel.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a model is known by: the SHA-256 over all that makes its scores.
 *
 * <p>Digested in turn: the architecture's name; of each weight in the order of the forward pass its
 * name, its shape as {@code [64, 1, 10, 10]} and its values as little-endian floats; the JSON texts
 * of the preprocessing and of the head. Every text is UTF-8 and followed by a zero byte. Two models
 * with one fingerprint score alike, whenever and wherever they were written.
 */
final class Fingerprint {

  private Fingerprint() {}

  /** 64 hex digits. */
  static String of(Blueprint blueprint, Weights weights, Preprocess preprocess, Head head) {
    MessageDigest sha256 = sha256();
    text(sha256, blueprint.architecture().name());
    for (Map.Entry<String, Shape> weight : blueprint.weights().entrySet()) {
      text(sha256, weight.getKey());
      text(sha256, weight.getValue().toString());
      floats(sha256, weights.get(weight.getKey()));
    }
    text(sha256, Metadata.json(preprocess));
    text(sha256, Metadata.json(head));
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Every JDK has it. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void text(MessageDigest sha256, String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
  }

  private static void floats(MessageDigest sha256, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += bytes.capacity() / 4) {
      int count = Math.min(bytes.capacity() / 4, values.length - from);
      bytes.clear().asFloatBuffer().put(values, from, count);
      sha256.update(bytes.limit(4 * count));
    }
  }
}
