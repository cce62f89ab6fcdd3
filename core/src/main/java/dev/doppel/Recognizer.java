package dev.doppel;

import dev.doppel.Answer.Candidate;
import dev.doppel.error.DataException;
import dev.doppel.error.GalleryException;
import dev.doppel.error.ModelException;
import dev.doppel.error.OptionException;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.MemoryGallery;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.Ranking;
import dev.doppel.image.Image;
import dev.doppel.model.Calibration;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recognises things from one image each: enrol a label with an image, then ask what another shows.
 *
 * <p>What is enrolled lives in a {@link Gallery}, in memory unless one is given. A label with
 * several images scores the mean over them, as the protocols do, so that their figures hold here,
 * and no label gains by having more images. Thread-safe: a question asked while a label is being
 * enrolled may or may not see it, but never half of it.
 */
public final class Recognizer {

  /** Labels that compete for the probability, however few are asked for. */
  private static final int RIVALS = 10;

  private final Twin twin;
  private final Gallery gallery;

  /** A recogniser that knows nothing yet and keeps what it learns in memory. */
  public Recognizer(Twin twin) {
    this(twin, new MemoryGallery("memory", ModelStamp.of(twin)));
  }

  /**
   * A recogniser over a gallery, which stays the caller's to close.
   *
   * @throws GalleryException if another model embedded the gallery
   */
  public Recognizer(Twin twin, Gallery gallery) {
    gallery.model().require(gallery.name(), ModelStamp.of(twin));
    this.twin = twin;
    this.gallery = gallery;
  }

  /** What is enrolled. */
  public Gallery gallery() {
    return gallery;
  }

  /** The model that embeds. */
  public Twin twin() {
    return twin;
  }

  /**
   * Adds images of a thing; more images of a label join those it has.
   *
   * @return the ids of the new items
   * @throws OptionException if the label is blank or there is no image
   */
  public List<Long> enrol(String label, Image... images) {
    if (images.length == 0) {
      throw new OptionException(
          "Label \"%s\" with 0 images".formatted(label),
          "A label needs a name and at least one image",
          "Give both");
    }
    return enrol(Arrays.stream(images).map(image -> Example.of(label, image)).toList());
  }

  /**
   * Adds images of things, all or none.
   *
   * @return the ids of the new items, in order
   * @throws OptionException if a label or metadata cannot be kept
   */
  public List<Long> enrol(List<Example> examples) {
    for (Example each : examples) { // before the work of embedding: can these be kept?
      Enrolment.of(each.label(), new float[0], each.metadata());
    }
    Embeddings rows = twin.encoder().embed(examples.stream().map(Example::image).toList());
    List<Enrolment> enrolments = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      enrolments.add(
          new Enrolment(example.label(), rows.row(i), example.metadata(), example.original()));
    }
    return gallery.enrol(enrolments);
  }

  /**
   * Forgets a label.
   *
   * @return whether it was known
   */
  public boolean forget(String label) {
    return gallery.forget(label) > 0;
  }

  /** Says which enrolled thing an image shows, as {@link Question#standard()} asks. */
  public Answer identify(Image image) {
    return identify(image, Question.standard());
  }

  /**
   * Says which enrolled thing an image shows.
   *
   * @throws DataException if nothing is enrolled, or nothing that passes the filter
   * @throws ModelException if the model's scores are no numbers
   */
  public Answer identify(Image image, Question question) {
    return identify(List.of(image), question).get(0);
  }

  /** The same for several images, which are embedded together. */
  public List<Answer> identify(List<? extends Image> images, Question question) {
    Embeddings queries = twin.encoder().embed(images);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < queries.count(); i++) {
      answers.add(identify(queries.row(i), question));
    }
    return answers;
  }

  /**
   * Says which enrolled thing an embedding stands for.
   *
   * @param query {@code [dim]}, by this model's encoder
   */
  public Answer identify(float[] query, Question question) {
    int top = Math.max(RIVALS, question.top());
    Ranking found = gallery.search(query, top, question.filter());
    if (found.ranked().isEmpty()) {
      throw nothing(question.filter());
    }
    return answer(found, question);
  }

  private DataException nothing(Filter filter) {
    return filter.isNone()
        ? new DataException(
            "Nothing is enrolled in " + gallery.name(),
            "An image is recognised among known ones",
            "Enrol images first")
        : new DataException(
            "No item in %s has the metadata %s".formatted(gallery.name(), filter),
            "Only items that have all of it, letter by letter, are compared",
            "List the items with their metadata, and correct the filter or leave it out");
  }

  private Answer answer(Ranking found, Question question) {
    Calibration calibration = twin.calibration();
    double[] scores =
        found.ranked().stream().mapToDouble(Ranking.Ranked::score).map(this::number).toArray();
    double[] probabilities = calibration.probabilities(scores, found.labels());
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < Math.min(question.top(), scores.length); i++) {
      Ranking.Ranked each = found.ranked().get(i);
      candidates.add(
          new Candidate(
              each.label(),
              each.score(),
              probabilities[i],
              each.items(),
              each.nearest(),
              each.nearestScore()));
    }
    Candidate best = candidates.get(0);
    double strangers = calibration.falseAccepts(best.score(), found.labels());
    return new Answer(
        calibration.fitted()
            ? Decision.of(strangers, best.probability(), question.falseAccepts())
            : Decision.UNSURE,
        best.label(),
        best.score(),
        best.probability(),
        calibration.threshold(question.falseAccepts(), found.labels()),
        found.labels(),
        found.exact(),
        candidates);
  }

  /**
   * Says whether two images show the same thing.
   *
   * @throws ModelException if the model's score is no number
   */
  public Verdict verify(Image first, Image second) {
    Embeddings both = twin.encoder().embed(List.of(first, second));
    return verdict(twin.head().score(both, 0, both, 1));
  }

  /**
   * Says whether an image shows what is enrolled under a label.
   *
   * @throws OptionException if there is no such label
   * @throws ModelException if the model's score is no number
   */
  public Verdict verify(Image image, String label) {
    return verify(twin.encoder().embed(List.of(image)).row(0), label);
  }

  /**
   * Says whether two embeddings stand for the same thing.
   *
   * @param first {@code [dim]}, by this model's encoder
   * @param second {@code [dim]}, likewise
   */
  public Verdict verify(float[] first, float[] second) {
    int dim = twin.encoder().dim();
    return verdict(
        twin.head().score(new Embeddings(dim, first), 0, new Embeddings(dim, second), 0));
  }

  /**
   * Says whether an embedding stands for what is enrolled under a label.
   *
   * @param query {@code [dim]}, by this model's encoder
   * @throws OptionException if there is no such label
   */
  public Verdict verify(float[] query, String label) {
    return verdict(gallery.score(query, label));
  }

  private Verdict verdict(double score) {
    number(score);
    return new Verdict(
        twin.calibration().accepts(score), twin.calibration().probability(score), score);
  }

  private double number(double score) {
    if (Double.isNaN(score)) {
      throw new ModelException(
          "The model " + twin.name() + " gave a score that is no number",
          "Scores are numbers, higher for closer images",
          "The model is damaged or its training diverged: use another, or train again");
    }
    return score;
  }
}
