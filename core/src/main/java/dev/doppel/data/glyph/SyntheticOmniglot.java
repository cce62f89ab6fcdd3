package dev.doppel.data.glyph;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.Sample;
import dev.doppel.data.omniglot.LakeRuns;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * A stand-in of Omniglot's shape, drawn by a program: as many alphabets, characters, drawers and
 * runs, so that every command works where no data can be had.
 *
 * <p>Figures measured on it say nothing about handwriting; its sets are marked synthetic.
 */
public final class SyntheticOmniglot {

  private static final int RUN_ALPHABETS = 10;
  private static final int RUNS_EACH = 2;
  private static final int WAYS = 20;

  private SyntheticOmniglot() {}

  /** Draws the whole set: 50 alphabets, 1,623 characters, 20 drawers, 20 runs. */
  public static Omniglot generate(Seed seed) {
    Dataset background =
        GlyphAlphabets.generate(
            "synthetic omniglot background",
            "Synthetic_background",
            seed.at("background"),
            sizes(30, 964),
            Omniglot.DRAWERS);
    Dataset evaluation =
        GlyphAlphabets.generate(
            "synthetic omniglot evaluation",
            "Synthetic_evaluation",
            seed.at("evaluation"),
            sizes(20, 659),
            Omniglot.DRAWERS);
    return Omniglot.of(background, evaluation, runs(seed.at("runs"), evaluation));
  }

  /** Whole numbers that differ by one at most and have this sum. */
  private static int[] sizes(int count, int sum) {
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = sum / count + (i < sum % count ? 1 : 0);
    }
    return sizes;
  }

  /** Two runs for each of the first ten alphabets; two of the drawers 1 to 8, as in Lake's. */
  private static LakeRuns runs(Seed seed, Dataset evaluation) {
    List<LakeRuns.Run> runs = new ArrayList<>();
    for (int number = 0; number < RUN_ALPHABETS * RUNS_EACH; number++) {
      Group alphabet = evaluation.groups().get(number % RUN_ALPHABETS);
      Draws draws = seed.at(number).draws();
      int[] characters = draws.distinct(WAYS, alphabet.classes().size());
      int[] drawers = draws.distinct(2, 8);
      int[] order = draws.permutation(WAYS);
      List<Sample> training = new ArrayList<>();
      List<LakeRuns.Item> items = new ArrayList<>();
      for (int way = 0; way < WAYS; way++) {
        training.add(drawing(alphabet, characters[way], drawers[0]));
        items.add(
            new LakeRuns.Item(drawing(alphabet, characters[order[way]], drawers[1]), order[way]));
      }
      runs.add(new LakeRuns.Run("run%02d".formatted(number + 1), training, items));
    }
    return new LakeRuns(runs);
  }

  private static Sample drawing(Group alphabet, int character, int drawer) {
    return alphabet.classes().get(character).samples().get(drawer);
  }
}
