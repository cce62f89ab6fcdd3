package dev.doppel.baseline;

import dev.doppel.error.OptionException;
import dev.doppel.eval.Matcher;
import java.util.List;

/** All baselines, by name. */
public final class Baselines {

  /** Every baseline, the weakest first. */
  public static final List<Matcher> ALL =
      List.of(
          new PixelCosine(), new PixelCentredBlurred(), new ModifiedHausdorff(), new Deformable());

  private Baselines() {}

  /** The names of {@link #ALL}. */
  public static List<String> names() {
    return ALL.stream().map(Matcher::name).toList();
  }

  /**
   * The baseline of that name.
   *
   * @throws OptionException if there is none, with all names and the nearest
   */
  public static Matcher named(String name) {
    return ALL.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> OptionException.unknown("matcher", name, names()));
  }
}
