package dev.doppel.gallery;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A number for each of many, with cheap snapshots: a page is copied before the first change after
 * one. A snapshot never changes; whoever writes is alone.
 */
final class IntPages {

  private static final int SHIFT = 10;
  private static final int MASK = (1 << SHIFT) - 1;

  private int[][] pages;
  private int count;

  /** Pages that no snapshot sees. */
  private final BitSet own = new BitSet();

  IntPages() {
    this(new int[0][], 0);
  }

  private IntPages(int[][] pages, int count) {
    this.pages = pages;
    this.count = count;
  }

  IntPages snapshot() {
    own.clear();
    return new IntPages(pages.clone(), count);
  }

  int count() {
    return count;
  }

  int get(int index) {
    return pages[index >> SHIFT][index & MASK];
  }

  void set(int index, int value) {
    int page = index >> SHIFT;
    if (!own.get(page)) {
      pages[page] = pages[page].clone();
      own.set(page);
    }
    pages[page][index & MASK] = value;
  }

  /** Adds one, in place: snapshots do not look beyond their own count. */
  void add(int value) {
    int page = count >> SHIFT;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page + 1);
      pages[page] = new int[1 << SHIFT];
      own.set(page);
    }
    pages[page][count++ & MASK] = value;
  }

  long bytes() {
    return (4L * pages.length) << SHIFT;
  }
}
