package dev.doppel.server.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * A key as the server remembers it: not the key, only its hash.
 *
 * <p>Keys are random enough (256 bits) that a plain SHA-256 is as hard to undo as they are to
 * guess.
 *
 * @param name what people call it
 * @param sha256 64 hex digits
 * @param scopes what it allows
 * @param galleries the only ones it is for; none means all
 * @param created when
 */
public record ApiKey(
    String name, String sha256, Set<Scope> scopes, Set<String> galleries, Instant created) {

  /** What every key begins with, so that one which leaked can be found. */
  private static final String PREFIX = "doppel_";

  private static final int BYTES = 32;

  public ApiKey {
    scopes = Set.copyOf(scopes);
    galleries = Set.copyOf(galleries);
  }

  /** A new key's text, which nobody has seen before. */
  public static String draw() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** The hash of a key's text, 64 hex digits. */
  public static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Who holds it. */
  public Caller caller() {
    return new Caller(name, scopes, galleries);
  }
}
