package dev.doppel.model;

import dev.doppel.augment.Affine;
import dev.doppel.error.OptionException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The affine views of an image that are embedded together, by name.
 *
 * <p>Each is about the image's centre, or its ink's where the encoder centres. What helps was
 * measured on the ten validation alphabets ({@code koch400}, 50 draws): turns with shears gained
 * 0.2 to 0.3 points with the first shipped model and 0.8 with today's, other sizes none. Immutable.
 *
 * @param name their number, as options give it
 * @param maps the views
 */
public record Views(String name, List<Affine> maps) {

  /** The image as it is, alone. */
  public static final Views PLAIN = new Views("1", List.of(Affine.IDENTITY));

  /** All sets, the smallest first. */
  public static final List<Views> ALL =
      List.of(
          PLAIN,
          new Views("5", corners(12, 0.3)),
          new Views("9", grid(12, 0.3)),
          new Views("13", both(grid(12, 0.3), cross(18, 0.45))));

  public Views {
    maps = List.copyOf(maps);
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("no views");
    }
  }

  /**
   * The set of that name.
   *
   * @throws OptionException if there is none, with all names
   */
  public static Views named(String name) {
    return ALL.stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                OptionException.unknown(
                    "set of views", name, ALL.stream().map(Views::name).toList()));
  }

  /** How many views. */
  public int count() {
    return maps.size();
  }

  private static List<Affine> both(List<Affine> first, List<Affine> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }

  /** Three turns by three shears. */
  private static List<Affine> grid(double degrees, double shear) {
    List<Affine> maps = new ArrayList<>();
    for (double turn : new double[] {0, -degrees, degrees}) {
      for (double slant : new double[] {0, -shear, shear}) {
        maps.add(view(turn, slant));
      }
    }
    return maps;
  }

  /** The plain view, and each turn with each shear. */
  private static List<Affine> corners(double degrees, double shear) {
    return List.of(
        Affine.IDENTITY,
        view(degrees, shear),
        view(degrees, -shear),
        view(-degrees, shear),
        view(-degrees, -shear));
  }

  /** The plain view, each turn and each shear. */
  private static List<Affine> cross(double degrees, double shear) {
    return List.of(
        Affine.IDENTITY, view(-degrees, 0), view(degrees, 0), view(0, -shear), view(0, shear));
  }

  private static Affine view(double degrees, double shear) {
    return new Affine(degrees, shear, 0, 1, 1, 0, 0);
  }
}
