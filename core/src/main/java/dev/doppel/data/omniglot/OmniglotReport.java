package dev.doppel.data.omniglot;

import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.error.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a check of the set found: how much is there, and all that is missing or wrong, by name.
 *
 * @param folder where the set lies
 * @param sets what each image set holds
 * @param runs Lake's runs that are whole
 * @param fingerprint of what could be read; see {@link Omniglot#fingerprint()}
 * @param problems what is missing or wrong; empty if this is the published set
 */
public record OmniglotReport(
    Path folder, List<SetCount> sets, int runs, String fingerprint, List<String> problems) {

  public OmniglotReport {
    sets = List.copyOf(sets);
    problems = List.copyOf(problems);
  }

  /**
   * How much of an image set could be read.
   *
   * @param name of the set
   * @param alphabets with at least one character
   * @param characters with at least one image
   * @param images in all
   * @param fewestDrawers of the character that has the fewest, 0 without characters
   * @param mostDrawers of the character that has the most, 0 without characters
   */
  public record SetCount(
      String name, int alphabets, int characters, int images, int fewestDrawers, int mostDrawers) {

    static SetCount of(Dataset set) {
      List<ImageClass> classes = set.classes();
      return new SetCount(
          set.name(),
          set.groups().size(),
          classes.size(),
          classes.stream().mapToInt(each -> each.samples().size()).sum(),
          classes.stream().mapToInt(each -> each.samples().size()).min().orElse(0),
          classes.stream().mapToInt(each -> each.samples().size()).max().orElse(0));
    }

    /** The drawers of each character: one number, or from fewest to most. */
    public String drawers() {
      return fewestDrawers == mostDrawers
          ? String.valueOf(mostDrawers)
          : fewestDrawers + "–" + mostDrawers;
    }
  }

  /**
   * Checks the set in a folder.
   *
   * @param folder see {@link Omniglot#read}
   * @throws DataException if there is no part of it there
   */
  public static OmniglotReport of(Path folder) {
    return of(OmniglotReading.of(OmniglotFiles.in(folder), OmniglotShape.PUBLISHED));
  }

  static OmniglotReport of(OmniglotReading reading) {
    Omniglot set = reading.omniglot();
    return new OmniglotReport(
        reading.folder(),
        List.of(SetCount.of(set.background()), SetCount.of(set.evaluation())),
        set.runs().runs().size(),
        set.fingerprint(),
        reading.problems());
  }

  /** Whether this is the whole published set. */
  public boolean whole() {
    return problems.isEmpty();
  }

  /** The lines people read. */
  public String describe() {
    List<String> lines = new ArrayList<>();
    lines.add("Omniglot at " + folder);
    for (SetCount set : sets) {
      lines.add(
          "  %-20s %2d alphabets  %4d characters  %s drawers  %,6d images"
              .formatted(
                  set.name(), set.alphabets(), set.characters(), set.drawers(), set.images()));
    }
    lines.add("  %-20s %2d runs".formatted("Lake's runs", runs));
    lines.add("  %-20s %s".formatted("fingerprint", fingerprint));
    if (whole()) {
      lines.add("  whole: the published set");
    } else {
      lines.add("  %d problem%s:".formatted(problems.size(), problems.size() > 1 ? "s" : ""));
      problems.forEach(problem -> lines.add("  - " + problem));
    }
    return String.join("\n", lines);
  }
}
