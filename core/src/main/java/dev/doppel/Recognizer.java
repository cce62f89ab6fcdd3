package dev.doppel;

import dev.doppel.Answer.Candidate;
import dev.doppel.error.DataException;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.image.Image;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Twin;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Recognises things from one image each: enrol a label with an image, then ask what another shows.
 *
 * <p>Kept in memory. A label with several images scores the mean over them, as the protocols do, so
 * that their figures hold here, and no label gains by having more images. Thread-safe: a question
 * asked while a label is being enrolled may or may not see it, but never half of it.
 */
public final class Recognizer {

  private final Twin twin;

  /** Ordered, so that equal scores rank by label. */
  private final ConcurrentNavigableMap<String, Embeddings> gallery = new ConcurrentSkipListMap<>();

  /** A recogniser that knows nothing yet. */
  public Recognizer(Twin twin) {
    this.twin = twin;
  }

  /**
   * Adds images of a thing; more images of a label join those it has.
   *
   * @throws OptionException if the label is blank or there is no image
   */
  public void enrol(String label, Image... images) {
    if (label.isBlank() || images.length == 0) {
      throw new OptionException(
          "Label \"%s\" with %d images".formatted(label, images.length),
          "A label needs a name and at least one image",
          "Give both");
    }
    gallery.merge(label, twin.encoder().embed(List.of(images)), Recognizer::joined);
  }

  private static Embeddings joined(Embeddings before, Embeddings added) {
    float[] values = Arrays.copyOf(before.values(), before.values().length + added.values().length);
    System.arraycopy(added.values(), 0, values, before.values().length, added.values().length);
    return new Embeddings(before.dim(), values);
  }

  /**
   * Forgets a label.
   *
   * @return whether it was known
   */
  public boolean forget(String label) {
    return gallery.remove(label) != null;
  }

  /** The labels enrolled, in alphabetical order. */
  public Set<String> labels() {
    return new TreeSet<>(gallery.keySet());
  }

  /**
   * Says which enrolled thing an image shows.
   *
   * @throws DataException if nothing is enrolled
   * @throws ModelException if the model's scores are no numbers
   */
  public Answer identify(Image image) {
    Embeddings query = twin.encoder().embed(List.of(image));
    List<Candidate> ranked =
        gallery.entrySet().stream()
            .map(entry -> candidate(query, entry))
            .sorted(Comparator.comparingDouble(Candidate::score).reversed()) // stable
            .toList();
    if (ranked.isEmpty()) {
      throw new DataException(
          "Nothing is enrolled", "An image is recognised among known ones", "Enrol images first");
    }
    Candidate best = ranked.get(0);
    return new Answer(
        best.label(),
        best.score(),
        best.probability(),
        twin.calibration().accepts(best.score()),
        ranked);
  }

  private Candidate candidate(Embeddings query, Map.Entry<String, Embeddings> entry) {
    Embeddings known = entry.getValue();
    double sum = 0;
    for (int i = 0; i < known.count(); i++) {
      sum += score(query, 0, known, i);
    }
    double mean = sum / known.count();
    return new Candidate(entry.getKey(), mean, twin.calibration().probability(mean));
  }

  /**
   * Says whether two images show the same thing.
   *
   * @throws ModelException if the model's score is no number
   */
  public Verdict verify(Image first, Image second) {
    Embeddings both = twin.encoder().embed(List.of(first, second));
    double score = score(both, 0, both, 1);
    return new Verdict(
        twin.calibration().accepts(score), twin.calibration().probability(score), score);
  }

  private double score(Embeddings a, int i, Embeddings b, int j) {
    double score = twin.head().score(a, i, b, j);
    if (Double.isNaN(score)) {
      throw new ModelException(
          "The model " + twin.name() + " gave a score that is no number",
          "Scores are numbers, higher for closer images",
          "The model is damaged or its training diverged: use another, or train again");
    }
    return score;
  }
}
