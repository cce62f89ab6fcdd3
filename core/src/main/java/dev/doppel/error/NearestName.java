package dev.doppel.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The known name that is closest to a misspelt one. */
public final class NearestName {

  private NearestName() {}

  /**
   * The known name with the fewest letters to insert, drop, replace or swap with a neighbour
   * (Damerau's distance), ignoring case; null if even that is more than half of the name.
   */
  public static @Nullable String of(String given, Collection<String> known) {
    List<String> nearest = of(given, known, 1);
    return nearest.isEmpty() ? null : nearest.get(0);
  }

  /** The known names with the fewest such letters, nearest first, at most so many. */
  public static List<String> of(String given, Collection<String> known, int most) {
    int letters = given.startsWith("--") ? given.length() - 2 : given.length();
    int least = Math.max(Math.min(2, letters - 1), letters / 2) + 1;
    String small = given.toLowerCase(Locale.ROOT);
    Map<Integer, List<String>> byEdits = new TreeMap<>();
    for (String name : known) {
      if (Math.abs(name.length() - given.length()) < least) {
        int edits = edits(small, name.toLowerCase(Locale.ROOT));
        if (edits < least) {
          byEdits.computeIfAbsent(edits, e -> new ArrayList<>()).add(name);
        }
      }
    }
    return byEdits.values().stream().flatMap(List::stream).limit(most).toList();
  }

  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
