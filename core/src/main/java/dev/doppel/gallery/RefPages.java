package dev.doppel.gallery;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A thing for each of many, or null, with cheap snapshots, as {@link IntPages} has them.
 *
 * @param <T> immutable
 */
final class RefPages<T> {

  private static final int SHIFT = 10;
  private static final int MASK = (1 << SHIFT) - 1;

  private record Page(@Nullable Object[] things) {

    Page copy() {
      return new Page(things.clone());
    }
  }

  private Page[] pages;
  private int count;

  /** Pages that no snapshot sees. */
  private final BitSet own = new BitSet();

  RefPages() {
    this(new Page[0], 0);
  }

  private RefPages(Page[] pages, int count) {
    this.pages = pages;
    this.count = count;
  }

  RefPages<T> snapshot() {
    own.clear();
    return new RefPages<>(pages.clone(), count);
  }

  int count() {
    return count;
  }

  /** The thing at an index where there is one. */
  T get(int index) {
    T found = find(index);
    if (found == null) {
      throw new IllegalStateException("nothing at " + index);
    }
    return found;
  }

  @SuppressWarnings("unchecked") // nothing else is ever put in
  @Nullable T find(int index) {
    return (T) pages[index >> SHIFT].things[index & MASK];
  }

  void set(int index, @Nullable T value) {
    int page = index >> SHIFT;
    if (!own.get(page)) {
      pages[page] = pages[page].copy();
      own.set(page);
    }
    pages[page].things[index & MASK] = value;
  }

  /** Adds one, in place: snapshots do not look beyond their own count. */
  void add(T value) {
    int page = count >> SHIFT;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page + 1);
      pages[page] = new Page(new @Nullable Object[1 << SHIFT]);
      own.set(page);
    }
    pages[page].things[count++ & MASK] = value;
  }

  long bytes() {
    return (4L * pages.length) << SHIFT;
  }
}
