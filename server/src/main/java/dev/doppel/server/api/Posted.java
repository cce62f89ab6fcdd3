package dev.doppel.server.api;

import dev.doppel.server.http.Exchange;
import dev.doppel.server.http.JsonBody;
import java.util.ArrayList;
import java.util.List;

/** Picture files as they were posted. */
final class Posted {

  private Posted() {}

  /** The picture that is the body, or those of a JSON body's fields, each one or a list. */
  static List<byte[]> pictures(Exchange exchange, String... fields) {
    if (exchange.json().isEmpty()) {
      byte[] picture = exchange.picture();
      return picture == null ? List.of() : List.of(picture);
    }
    JsonBody json = exchange.json().get();
    List<byte[]> all = new ArrayList<>();
    for (String field : fields) {
      if (field.endsWith("s")) {
        json.images(field).ifPresent(all::addAll);
      } else {
        json.image(field).ifPresent(all::add);
      }
    }
    return all;
  }

  /** The content type of a picture file, by its first bytes. */
  static String type(byte[] file) {
    if (begins(file, 0x89, 'P', 'N', 'G')) {
      return "image/png";
    } else if (begins(file, 0xFF, 0xD8, 0xFF)) {
      return "image/jpeg";
    } else if (begins(file, 'G', 'I', 'F', '8')) {
      return "image/gif";
    } else if (begins(file, 'B', 'M')) {
      return "image/bmp";
    } else if (begins(file, 'P', '5') || begins(file, 'P', '2')) {
      return "image/x-portable-graymap";
    }
    return "application/octet-stream";
  }

  private static boolean begins(byte[] file, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= file.length || (file[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
