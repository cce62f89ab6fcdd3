package dev.doppel.gallery;

import dev.doppel.error.OptionException;
import dev.doppel.model.Head;
import dev.doppel.search.ApproximateIndex;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a gallery looks for the labels closest to a query.
 *
 * <p>Exactly: all are compared. Approximately: those in the cells of an {@link ApproximateIndex}
 * near the query, so that now and then one is missed; what is answered is scored exactly in any
 * case. The index is made in memory beside what is there, while searches go on exactly, and it is
 * never stored. It is made from 10,000 labels on: with fewer, comparing all takes a small part of a
 * millisecond, far less than embedding the picture, so there is nothing to be had for what may be
 * missed. Searches with a filter, and those of labels that lie in no order which would help, stay
 * exact; each answer says which it is. Immutable and thread-safe.
 */
public final class SearchMode {

  /** Measured on the labels' own rows; pictures that are searched for lie a little otherwise. */
  private static final double RECALL = 0.997;

  private static final SearchMode EXACT = new SearchMode("exact", null);

  private final String name;
  final @Nullable Indexing indexing;

  /**
   * How an index is made.
   *
   * @param options with the fewest labels it is made for
   * @param background what it is made by
   */
  record Indexing(ApproximateIndex.Options options, Executor background) {}

  private SearchMode(String name, @Nullable Indexing indexing) {
    this.name = name;
    this.indexing = indexing;
  }

  /** Compares all labels. */
  public static SearchMode exact() {
    return EXACT;
  }

  /**
   * Finds the closest label 99 times of 100 or oftener, in galleries where that is quicker; those
   * that follow it are missed a little more often.
   */
  public static SearchMode approximate() {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2); // others search
    ApproximateIndex.Options options = ApproximateIndex.Options.defaults();
    return approximate(
        new Indexing(
            new ApproximateIndex.Options(RECALL, half, options.smallest(), options.seed()),
            LabelIndex::inBackground));
  }

  static SearchMode approximate(Indexing indexing) {
    return new SearchMode("approximate", indexing);
  }

  /**
   * The mode of a name.
   *
   * @throws OptionException if it is neither {@code exact} nor {@code approximate}
   */
  public static SearchMode of(String name) {
    return switch (name) {
      case "exact" -> exact();
      case "approximate" -> approximate();
      default ->
          throw OptionException.unknown("search mode", name, List.of("exact", "approximate"));
    };
  }

  /**
   * Refuses a model whose labels cannot be searched so.
   *
   * @throws OptionException if this is approximate and the head is not the cosine
   */
  public void check(ModelStamp model) {
    if (indexing != null && !(model.head() instanceof Head.Cosine)) {
      throw new OptionException(
          "Approximate search of embeddings of %s, whose head is %s"
              .formatted(model.name(), model.head().name()),
          "It needs one row that stands for a label, which only the head cosine has",
          "Search exactly, or take a model with that head");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
