package dev.doppel.model;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import java.util.List;

/**
 * A trained twin as read from a model file: encoder, head, calibration, provenance.
 *
 * <p>Thread-safe as its encoder is.
 *
 * @param name what reports call it: the file's name and fingerprint
 * @param fingerprint stands for all that makes its scores; equal only for models that score alike
 * @param encoder one of the two identical twins
 * @param head what turns two embeddings into a score
 * @param calibration from a score to a decision and a probability
 * @param provenance where it comes from
 */
public record Twin(
    String name,
    String fingerprint,
    Encoder encoder,
    Head head,
    Calibration calibration,
    Provenance provenance)
    implements Matcher {

  /** Embeds each image once; pairs are then scored from their embeddings. */
  @Override
  public Comparison over(List<Image> images) {
    return new EncoderMatcher(name, encoder, head).over(images);
  }
}
