package dev.doppel.gallery;

import dev.doppel.model.Head;
import dev.doppel.search.ApproximateIndex;
import java.util.concurrent.Executor;

/** Approximate search from 100 labels on, for tests. */
public final class SmallIndexes {

  private SmallIndexes() {}

  /** Indexes that follow each change before it returns. */
  public static SearchMode atOnce() {
    return by(Runnable::run);
  }

  /** At once where the head allows it, else exact. */
  public static SearchMode atOnce(ModelStamp model) {
    return model.head() instanceof Head.Cosine ? atOnce() : SearchMode.exact();
  }

  static SearchMode by(Executor background) {
    return SearchMode.approximate(
        new SearchMode.Indexing(new ApproximateIndex.Options(0.995, 1, 100, 1), background));
  }
}
