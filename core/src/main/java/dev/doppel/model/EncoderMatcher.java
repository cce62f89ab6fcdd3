package dev.doppel.model;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import java.util.List;

/**
 * An encoder and a head that answer trials: each image is embedded once, pairs are scored from
 * their embeddings. Thread-safe as the encoder is.
 *
 * @param name what reports call it
 * @param encoder one of the two identical twins
 * @param head what turns two embeddings into a score
 */
public record EncoderMatcher(String name, Encoder encoder, Head head) implements Matcher {

  @Override
  public Comparison over(List<Image> images) {
    Embeddings embeddings = encoder.embed(images);
    return (first, second) -> head.score(embeddings, first, embeddings, second);
  }
}
