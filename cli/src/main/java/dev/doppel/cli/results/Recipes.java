package dev.doppel.cli.results;

import dev.doppel.cli.results.Recipe.Length;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the models are trained that are in the tables but not shipped. */
final class Recipes {

  /** The paper's convolutional twin. */
  static final Recipe KOCH = new Recipe("koch", "koch", Length.budget("55m"), Map.of(), 1);

  /** The paper's twin of two full layers. */
  static final Recipe FULL_LAYERS =
      new Recipe("full-layers", "fully-connected", Length.epochs(15), Map.of(), 1);

  /** By the number of background alphabets that are learned from. */
  static final Map<Integer, Recipe> ALPHABETS;

  /** By what is other than in the everyday recipe. */
  static final Map<String, Recipe> CHOICES;

  /** So that luck can be told from a choice. */
  private static final int SEEDS = 3;

  /** Far fewer images favour few classes: 3 epochs rank five alphabets above thirty. */
  private static final Length SHORT = Length.epochs(10);

  private static final Recipe EVERYDAY = new Recipe("everyday", "everyday", SHORT, Map.of(), SEEDS);

  static {
    Map<Integer, Recipe> alphabets = new LinkedHashMap<>();
    for (int count : new int[] {5, 10, 20}) {
      alphabets.put(
          count, everyday("alphabets-" + count, Map.of("alphabets", Integer.toString(count))));
    }
    alphabets.put(30, EVERYDAY);
    ALPHABETS = Collections.unmodifiableMap(alphabets);

    Map<String, Recipe> choices = new LinkedHashMap<>();
    choices.put("as it is", EVERYDAY);
    choices.put("ink not moved to the middle", everyday("off-centre", Map.of("centred", "false")));
    choices.put(
        "quarter turns not classes of their own",
        everyday("no-turns", Map.of("objective.rotations", "1")));
    choices.put(
        "no distortion", everyday("undistorted", Map.of("distortion.affine.probability", "0")));
    choices.put(
        "bent and redrawn by other pens, too",
        everyday(
            "bent",
            Map.of(
                "distortion.elastic.strength", "3.3",
                "distortion.elastic.cells", "4",
                "distortion.elastic.probability", "0.75",
                "distortion.pen.radius", "2.5",
                "distortion.pen.probability", "0.3")));
    choices.put(
        "weights of the last step, not averaged",
        everyday("last-weights", Map.of("averaging", "0")));
    choices.put("a third of the rate", everyday("slow", Map.of("optimiser.rate", "2e-3")));
    choices.put(
        "`omniglot-tiny`'s network, at its own rate",
        new Recipe("tiny", "tiny", SHORT, Map.of(), SEEDS));
    CHOICES = Collections.unmodifiableMap(choices);
  }

  private Recipes() {}

  private static Recipe everyday(String name, Map<String, String> settings) {
    return new Recipe(name, "everyday", SHORT, settings, SEEDS);
  }
}
