package dev.doppel.data.omniglot;

import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Hashes of content: SHA-256 over addresses and pixels in sorted order, so that the same images
 * agree whatever container, compression or file order they came in.
 */
final class Fingerprint {

  /** Hexadecimal digits of a fingerprint that are shown. */
  static final int SHOWN = 16;

  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The hash of an alphabet's images. */
  static String of(Group alphabet) {
    Fingerprint all = new Fingerprint();
    all.add(alphabet.name());
    for (ImageClass character : alphabet.classes()) {
      all.add(character.name());
      for (Sample sample : character.samples()) {
        all.digest.update((byte) sample.drawer());
        all.digest.update(bits(sample.image()));
      }
    }
    return all.hex();
  }

  /** The hash of the whole, from its alphabets' hashes. */
  static String of(List<String> background, List<String> evaluation, LakeRuns runs) {
    Fingerprint all = new Fingerprint();
    all.add("background");
    background.forEach(all::add);
    all.add("evaluation");
    evaluation.forEach(all::add);
    for (LakeRuns.Run run : runs.runs()) {
      all.add(run.name());
      run.training().forEach(sample -> all.add(sample.id()));
      run.items().forEach(item -> all.add(item.image().id() + " " + item.answer()));
    }
    return all.hex().substring(0, SHOWN);
  }

  private static byte[] bits(Image image) {
    return (image instanceof Bitmap already ? already : Bitmap.of(image)).bits();
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
