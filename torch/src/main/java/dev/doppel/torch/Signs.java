package dev.doppel.torch;

import dev.doppel.augment.Ligature;
import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import dev.doppel.torch.DistortedPlanes.Laid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Signs that nobody wrote: each joins two characters of the data in one way, and is a class like
 * any other. More classes than a network can learn by heart make it learn what tells classes apart.
 */
final class Signs {

  /** Two characters and how each lies; no two signs have the same. */
  private record Parts(int first, int firstPose, int second, int secondPose) {

    static Parts draw(int characters, int poses, Draws draws) {
      int[] two = draws.distinct(2, characters);
      return new Parts(two[0], draws.below(poses), two[1], draws.below(poses));
    }
  }

  private record Sign(Parts parts, Ligature ligature) {}

  private final List<ImageClass> characters;
  private final List<Sign> signs = new ArrayList<>();
  private final DistortedPlanes planes;

  /**
   * Draws the signs.
   *
   * @param poses ways for a character to lie
   * @throws OptionException if there are too few characters for so many
   */
  Signs(Dataset data, int count, int poses, DistortedPlanes planes, Seed seed) {
    this.characters = data.classes();
    this.planes = planes;
    long ways = (long) characters.size() * (characters.size() - 1) * poses * poses;
    OptionException.require(
        count <= ways / 2,
        "objective.signs",
        count,
        "%,d at most, half of what can be joined of the %,d classes there are"
            .formatted(ways / 2, characters.size()));
    Set<Parts> taken = new HashSet<>();
    while (signs.size() < count) {
      Draws draws = seed.at(signs.size()).draws();
      Parts parts = Parts.draw(characters.size(), poses, draws);
      while (!taken.add(parts)) {
        parts = Parts.draw(characters.size(), poses, draws);
      }
      signs.add(new Sign(parts, Ligature.draw(draws)));
    }
  }

  int count() {
    return signs.size();
  }

  /** Writes one image of a sign, of characters that any drawer wrote. */
  void into(int sign, Draws draws, float[] values, int offset) {
    Sign drawn = signs.get(sign);
    Parts parts = drawn.parts();
    Laid first = new Laid(any(parts.first(), draws), parts.firstPose(), draws);
    Laid second = new Laid(any(parts.second(), draws), parts.secondPose(), draws);
    planes.joined(drawn.ligature(), first, second, values, offset);
  }

  private Image any(int character, Draws draws) {
    return draws.pick(characters.get(character).samples()).image();
  }
}
