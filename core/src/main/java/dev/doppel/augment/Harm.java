package dev.doppel.augment;

import dev.doppel.error.OptionException;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.InkBox;
import dev.doppel.image.Pen;
import dev.doppel.random.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One kind of harm that may come to a drawing, by how much of it there is.
 *
 * <p>Where the kinds are parts of {@link Affine} they move the ink about the middle of its box, and
 * no further: ink that would leave the sheet is moved back onto it, so that none is lost unless it
 * has become larger than the sheet. Immutable and thread-safe.
 */
public enum Harm {

  /** Turned by an angle in degrees, one way or the other by chance. */
  ROTATION("°", 0, 180, 5, 10, 15, 20, 30, 45) {
    @Override
    Image harmed(Image image, double level, Draws draws) {
      return Moved.of(image, draws.chance(0.5) ? level : -level, 1);
    }
  },

  /** Made smaller or larger, both ways alike, by a factor. */
  SCALE("×", 0.2, 3, 0.6, 0.8, 1.25, 1.5) {
    @Override
    Image harmed(Image image, double level, Draws draws) {
      return Moved.of(image, 0, level);
    }
  },

  /** Redrawn by a {@link Pen} of a width in pixels; Omniglot's own is about 5 of 105. */
  PEN(" px", 1, 64, 1, 3, 5, 7, 9) {
    @Override
    Image harmed(Image image, double level, Draws draws) {
      return new Pen(level).draw(image);
    }
  },

  /** Salt and pepper: a share of all pixels becomes ink or paper, as chance has it. */
  NOISE("", 0, 1, 0.01, 0.02, 0.05, 0.1, 0.2) {
    @Override
    Image harmed(Image image, double level, Draws draws) {
      return redrawn(
          image,
          (x, y) -> {
            boolean hit = draws.chance(level);
            boolean pepper = draws.chance(0.5); // drawn always, so that levels nest
            return hit ? pepper : isInk(image, x, y);
          });
    }
  },

  /**
   * A patch of paper over a share of the ink's box, of the box's shape, anywhere within it by
   * chance.
   */
  OCCLUSION("", 0, 0.9, 0.1, 0.2, 0.3, 0.4) {
    @Override
    Image harmed(Image image, double level, Draws draws) {
      InkBox box = InkBox.of(image);
      double width = Math.sqrt(level) * box.width();
      double height = Math.sqrt(level) * box.height();
      double left = box.left() - 0.5 + draws.unit() * (box.width() - width);
      double top = box.top() - 0.5 + draws.unit() * (box.height() - height);
      return redrawn(
          image,
          (x, y) ->
              isInk(image, x, y)
                  && !(x >= left && x < left + width && y >= top && y < top + height));
    }
  };

  private final String unit;
  private final double least;
  private final double most;

  @SuppressWarnings("ImmutableEnumChecker") // made by toList(), which nobody can change
  private final List<Double> levels;

  Harm(String unit, double least, double most, double... levels) {
    this.unit = unit;
    this.least = least;
    this.most = most;
    this.levels = Arrays.stream(levels).boxed().toList();
  }

  /** What options call them all. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Harm::text).toList();
  }

  /**
   * The kind of that name.
   *
   * @throws OptionException if there is none
   */
  public static Harm named(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.text().equals(name))
        .findFirst()
        .orElseThrow(() -> OptionException.unknown("harm", name, names()));
  }

  /** The levels that a curve is usually drawn over. */
  public List<Double> levels() {
    return levels;
  }

  /** What options call it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A level with its unit: {@code 10°}. */
  public String text(double level) {
    String number = level == (long) level ? Long.toString((long) level) : Double.toString(level);
    return unit.equals("×") ? unit + number : number + unit;
  }

  /**
   * Refuses a level that is out of range.
   *
   * @throws OptionException if it is
   */
  public void check(double level) {
    OptionException.require(
        level >= least && level <= most,
        text(),
        text(level),
        "from " + text(least) + " to " + text(most));
  }

  /**
   * The image harmed, on a sheet of its size.
   *
   * @param level how much; see each kind
   * @param draws where chance comes from
   * @throws OptionException if the level is out of range
   */
  public Image of(Image image, double level, Draws draws) {
    check(level);
    return harmed(image, level, draws);
  }

  abstract Image harmed(Image image, double level, Draws draws);

  private interface Rule {
    boolean ink(int x, int y);
  }

  private static boolean isInk(Image image, int x, int y) {
    return image.sample(x, y, 0) < 128;
  }

  private static Bitmap redrawn(Image image, Rule rule) {
    Bitmap.Builder sheet = new Bitmap.Builder(image.width(), image.height());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (rule.ink(x, y)) {
          sheet.ink(x, y);
        }
      }
    }
    return sheet.build();
  }
}
