package dev.doppel.cli;

import dev.doppel.error.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture file that could not be read.
 *
 * @param file its path
 * @param failure why not
 */
record Unreadable(Path file, DataException failure) {

  /** As many as a person wants to see at once. */
  private static final int SHOWN = 10;

  /** Its members in a JSON document. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("error", failure.getMessage());
    return json;
  }

  /** The first of them, a line each, with what is the matter. */
  static List<String> lines(List<Unreadable> all) {
    List<String> lines =
        new ArrayList<>(
            all.stream().limit(SHOWN).map(each -> "  " + each.failure().given()).toList());
    if (all.size() > SHOWN) {
      lines.add("  … and %,d more".formatted(all.size() - SHOWN));
    }
    return lines;
  }
}
