package dev.doppel.eval;

import dev.doppel.data.Dataset;
import dev.doppel.episode.EpisodeShape;
import dev.doppel.image.Image;
import dev.doppel.image.Pen;
import dev.doppel.image.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * One-shot trials over another set of small pictures than the one a model learned from, without
 * another step of learning: Koch et al. 2015 (section 4.4) ask about MNIST's ten digits.
 *
 * <p>Each trial draws one image of every class as the support set, and a query of one of them that
 * is none of these. How an image is put on paper before a matcher sees it is part of the protocol
 * and of its name; supports and queries are treated alike, and nothing depends on their classes.
 *
 * @param data where the images come from
 * @param paper how they are put on paper
 * @param ways classes to choose from; 10 in the paper
 * @param trials number of trials; 400 in the paper
 * @param seed seed of the trials
 */
public record Transfer(Dataset data, Paper paper, int ways, int trials, long seed)
    implements Protocol {

  /** The trials of the paper. */
  public static final int KOCH_TRIALS = 400;

  /**
   * How an image is put on paper: on a sheet, then perhaps redrawn by a pen.
   *
   * @param sheet what it is laid on; null leaves it as it is
   * @param pen what redraws it; null leaves its strokes as they are
   */
  public record Paper(@Nullable Sheet sheet, @Nullable Pen pen) {

    /** Columns and rows of the sheet, as Omniglot's. */
    public static final int SIDE = 105;

    /** The ink's share of the sheet, chosen as {@link #CHOSEN} says. */
    static final double CHOSEN_INK = 0.68;

    /** The pen's width, chosen as {@link #CHOSEN} says. */
    static final double CHOSEN_PEN = 5;

    /**
     * What Omniglot's own drawings look like, in the median of 150 of the background set: 71 of 105
     * pixels, by a pen of 5. No answer was tuned by it. To choose others ask about the training
     * images of a set, never about its test images.
     */
    public static final Paper CHOSEN = of(CHOSEN_INK, CHOSEN_PEN);

    /**
     * A sheet of Omniglot's size.
     *
     * @param ink see {@link Sheet#ink()}
     * @param pen see {@link Pen#width()}; 0 for none
     */
    public static Paper of(double ink, double pen) {
      return new Paper(
          ink == 0 && pen == 0 ? null : new Sheet(SIDE, ink), pen == 0 ? null : new Pen(pen));
    }

    /** The image on paper. */
    Image put(Image image) {
      Image laid = sheet == null ? image : sheet.place(image);
      return pen == null ? laid : pen.draw(laid);
    }

    /** As reports call it: {@code ink 0.68 of the sheet, pen 5}. */
    @Override
    public String toString() {
      return sheet == null && pen == null
          ? "as it is"
          : (sheet == null || sheet.ink() == 0
                  ? "whole image"
                  : "ink " + number(sheet.ink()) + " of the sheet")
              + (pen == null ? "" : ", pen " + number(pen.width()));
    }

    private static String number(double value) {
      return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }
  }

  public Transfer {
    episodes(data, ways, trials, seed); // refuses what the data cannot supply
  }

  private static Episodes episodes(Dataset data, int ways, int trials, long seed) {
    return new Episodes(data, EpisodeShape.across(ways, 1), trials, seed);
  }

  @Override
  public String name() {
    return "transfer %d-way 1-shot, %s".formatted(ways, paper);
  }

  @Override
  public TrialList questions() {
    return episodes(data, ways, trials, seed).questions();
  }

  @Override
  public Evaluation run(Matcher matcher) {
    return episodes(data, ways, trials, seed)
        .run(new Redrawing(matcher, paper::put))
        .called(name());
  }
}
