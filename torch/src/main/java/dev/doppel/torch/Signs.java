package dev.doppel.torch;

import dev.doppel.augment.Ligature;
import dev.doppel.data.Dataset;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import dev.doppel.torch.DistortedPlanes.Laid;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Signs that nobody wrote: each joins two characters of the data in one way, and is a class like
 * any other. More classes than a network can learn by heart make it learn what tells classes apart.
 */
final class Signs {

  /** Two characters, how each lies, and how they are joined. */
  private record Sign(
      ImageClass first, int firstPose, ImageClass second, int secondPose, Ligature ligature) {

    static Sign draw(List<ImageClass> characters, int poses, Draws draws) {
      int[] two = draws.distinct(2, characters.size());
      return new Sign(
          characters.get(two[0]),
          draws.below(poses),
          characters.get(two[1]),
          draws.below(poses),
          Ligature.draw(draws));
    }
  }

  private final List<Sign> signs;
  private final DistortedPlanes planes;

  /**
   * Draws the signs.
   *
   * @param poses ways for a character to lie
   * @throws OptionException if there are not two characters, or none are seen as ink on one square
   *     plane
   */
  Signs(Dataset data, int count, int poses, DistortedPlanes planes, Seed seed) {
    List<ImageClass> characters = data.classes();
    OptionException.require(
        count == 0 || characters.size() >= 2,
        "objective.signs",
        count,
        "0, since " + data.name() + " has only one class to join");
    OptionException.require(
        count == 0 || planes.preprocess().invert(),
        "objective.signs",
        count,
        "0 for photographs, of which no two can be joined");
    this.signs =
        IntStream.range(0, count)
            .mapToObj(i -> Sign.draw(characters, poses, seed.at(i).draws()))
            .toList();
    this.planes = planes;
  }

  int count() {
    return signs.size();
  }

  /** Writes one image of a sign, of characters that any drawer wrote. */
  void into(int sign, Draws draws, float[] values, int offset) {
    Sign drawn = signs.get(sign);
    Laid first = new Laid(any(drawn.first(), draws), drawn.firstPose(), draws);
    Laid second = new Laid(any(drawn.second(), draws), drawn.secondPose(), draws);
    planes.joined(drawn.ligature(), first, second, values, offset);
  }

  private static Image any(ImageClass character, Draws draws) {
    List<Sample> samples = character.samples();
    return draws.pick(samples).image();
  }
}
