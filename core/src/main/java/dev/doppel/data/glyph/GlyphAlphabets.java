package dev.doppel.data.glyph;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Invented alphabets: each character is a program of strokes in its alphabet's style, drawn by
 * hands that each write in their own way.
 *
 * <p>Sheets are of Omniglot's size and hold about as much ink. What is drawn depends on the seed
 * alone, and the first characters and drawers of an alphabet do not change when more are asked for.
 */
public final class GlyphAlphabets {

  private GlyphAlphabets() {}

  /**
   * Draws alphabets of one size; marked synthetic.
   *
   * @param alphabets how many
   * @param characters of each alphabet
   * @param drawers of each character, the same persons within an alphabet
   */
  public static Dataset generate(Seed seed, int alphabets, int characters, int drawers) {
    return generate(
        "synthetic glyphs",
        "Glyphs",
        seed,
        IntStream.range(0, alphabets).map(alphabet -> characters).toArray(),
        drawers);
  }

  /**
   * Draws alphabets of given sizes; marked synthetic.
   *
   * @param stem what alphabet names begin with
   * @param characters of each alphabet
   */
  static Dataset generate(String name, String stem, Seed seed, int[] characters, int drawers) {
    if (characters.length < 1 || drawers < 1 || IntStream.of(characters).anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("alphabets, characters and drawers are at least 1");
    }
    List<Group> groups =
        IntStream.range(0, characters.length)
            .parallel()
            .mapToObj(
                i -> alphabet("%s_%02d".formatted(stem, i + 1), seed.at(i), characters[i], drawers))
            .toList();
    return new Dataset(name, true, groups);
  }

  private static Group alphabet(String name, Seed seed, int characters, int drawers) {
    Script script = Script.invent(seed.at("script").draws());
    List<Hand> hands =
        IntStream.range(0, drawers)
            .mapToObj(drawer -> Hand.invent(seed.at("hand").at(drawer).draws()))
            .toList();
    List<ImageClass> classes = new ArrayList<>();
    for (int i = 0; i < characters; i++) {
      Seed own = seed.at("character").at(i);
      List<Stroke> strokes = script.character(own.draws());
      String character = "character%02d".formatted(i + 1);
      List<Sample> samples = new ArrayList<>();
      for (int drawer = 0; drawer < drawers; drawer++) {
        samples.add(
            new Sample(
                name,
                character,
                drawer + 1,
                hands
                    .get(drawer)
                    .draw(strokes, Omniglot.SIDE, own.at("drawing").at(drawer).draws())));
      }
      classes.add(new ImageClass(name, character, samples));
    }
    return new Group(name, classes);
  }
}
