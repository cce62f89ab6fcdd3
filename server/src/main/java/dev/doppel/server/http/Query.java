package dev.doppel.server.http;

import dev.doppel.server.error.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Percent-encoded text and queries, read strictly: what is malformed is refused, not guessed. */
final class Query {

  private static final int MOST = 64;

  private Query() {}

  /**
   * The names and values of a query, in order.
   *
   * @throws Refusal if it is malformed or names something twice
   */
  static Map<String, String> parse(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.split("&", MOST + 1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      if (values.put(name, value) != null) {
        throw Refusal.malformed(
            "A query that names something twice", "Each name stands once", "Leave one out");
      }
    }
    if (values.size() > MOST) {
      throw Refusal.malformed("A query of too many parts", MOST + " are allowed", "Send fewer");
    }
    return values;
  }

  /**
   * Decodes percent-encoded UTF-8.
   *
   * @param plus whether a plus stands for a blank, as it does in queries
   * @throws Refusal if it is malformed
   */
  static String decode(String text, boolean plus) {
    if (text.indexOf('%') < 0 && (!plus || text.indexOf('+') < 0) && isAscii(text)) {
      return text;
    }
    ByteBuffer bytes = ByteBuffer.allocate(3 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw malformed();
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else if (c == '+' && plus) {
        bytes.put((byte) ' ');
      } else if (c < 0x80) {
        bytes.put((byte) c);
      } else {
        throw malformed();
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static Refusal malformed() {
    return Refusal.malformed(
        "An address that is wrongly encoded", "It is percent-encoded UTF-8", "Encode it anew");
  }
}
