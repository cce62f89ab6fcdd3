package dev.doppel.gallery;

import dev.doppel.error.GalleryException;
import dev.doppel.error.OptionException;
import java.util.List;
import java.util.Optional;

/**
 * What is enrolled: images under labels, as embeddings of one model.
 *
 * <p>Thread-safe. A call that changes something returns when the change will outlive the process,
 * and either all of it happens or nothing. A search sees each change wholly or not at all. A label
 * with several items scores the mean over them, as the protocols do. Errors of use are {@link
 * OptionException}s; whatever else stops a gallery is a {@link GalleryException}.
 */
public interface Gallery extends AutoCloseable {

  /** What people call it. */
  String name();

  /** The model whose embeddings it holds. */
  ModelStamp model();

  /**
   * Adds images, all or none.
   *
   * @return their ids, in order
   * @throws OptionException if an embedding is not of the model's length or not finite
   */
  List<Long> enrol(List<Enrolment> enrolments);

  /**
   * Forgets items by id, all that exist.
   *
   * @return how many there were
   */
  int forget(List<Long> ids);

  /**
   * Forgets a label with all its items.
   *
   * @return how many items it had; 0 if it was not known
   */
  int forget(String label);

  /**
   * Gives a label another name.
   *
   * @return how many items it has
   * @throws OptionException if there is no such label, or the new name is taken
   */
  int rename(String label, String to);

  /**
   * Moves a label's items to another that exists.
   *
   * @return how many were moved
   * @throws OptionException if either is not known
   */
  int merge(String label, String into);

  /** The item of an id. */
  Optional<Item> item(long id);

  /** The picture file's bytes of an item, if they were kept. */
  Optional<byte[]> original(long id);

  /** The embeddings of items, {@code [dim]} each, in the order of the ids. */
  List<float[]> embeddings(List<Long> ids);

  /**
   * Items by rising id.
   *
   * @param label only of this label, or empty
   * @param after only beyond this id; 0 begins
   * @param limit at most so many
   */
  List<Item> items(Optional<String> label, Filter filter, long after, int limit);

  /**
   * Labels in the order of their texts, with the number of their items that pass.
   *
   * @param after only beyond this text; empty begins
   * @param limit at most so many
   */
  List<LabelCount> labels(Filter filter, String after, int limit);

  /**
   * The labels closest to a query.
   *
   * @param query {@code [dim]}
   * @param top how many labels, at least 1
   */
  Ranking search(float[] query, int top, Filter filter);

  /**
   * The score of a query against one label.
   *
   * @param query {@code [dim]}
   * @throws OptionException if there is no such label
   */
  double score(float[] query, String label);

  /** How large it is. */
  GalleryStats stats();

  /** Gives back the room of what was forgotten. */
  void compact();

  /** Lets go of files and memory; a second call does nothing. */
  @Override
  void close();
}
