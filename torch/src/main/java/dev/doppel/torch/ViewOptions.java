package dev.doppel.torch;

import dev.doppel.error.OptionException;
import dev.doppel.image.Framing;
import dev.doppel.image.Preprocess;
import dev.doppel.network.Architecture;
import java.util.Collections;

/**
 * How the network sees a picture, in training and in use.
 *
 * @param ink whether what is dark shines on nothing, as handwriting does; a photograph is taken as
 *     it is, about its middle grey
 * @param framing how a picture of another shape fills the network's square
 * @param flip whether training shows every other image as in a mirror
 */
public record ViewOptions(boolean ink, Framing framing, boolean flip) {

  private static final float MIDDLE = 0.5f;
  private static final float SPREAD = 0.25f;

  /** Handwriting. */
  public static ViewOptions ofInk() {
    return new ViewOptions(true, Framing.STRETCH, false);
  }

  /** Photographs of things that may face either way. */
  public static ViewOptions ofPhotographs() {
    return new ViewOptions(false, Framing.CROP, true);
  }

  /**
   * The planes that an architecture reads.
   *
   * @throws OptionException if ink is wanted in colour
   */
  Preprocess preprocess(Architecture architecture, boolean centred) {
    int side = architecture.inputSide();
    int channels = architecture.inputChannels();
    OptionException.require(
        !ink || channels == 1, "architecture.inputChannels", channels, "1 where view.ink is true");
    return new Preprocess(
        side,
        side,
        channels,
        ink,
        centred,
        Collections.nCopies(channels, ink ? 0f : MIDDLE),
        Collections.nCopies(channels, ink ? 1f : SPREAD),
        framing);
  }
}
