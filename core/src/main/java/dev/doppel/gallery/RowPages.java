package dev.doppel.gallery;

import dev.doppel.model.Embeddings;
import java.util.Arrays;

/**
 * Rows of floats in pages, only ever added to, with cheap snapshots. A snapshot never changes;
 * whoever writes is alone.
 */
final class RowPages {

  /** Large enough for one page to keep a scan busy, small enough for a gallery of few rows. */
  private static final int PAGE_FLOATS = 1 << 16;

  private final int dim;
  private final int shift;
  private Embeddings[] pages;
  private int count;

  RowPages(int dim) {
    this(dim, shift(dim), new Embeddings[0], 0);
  }

  private RowPages(int dim, int shift, Embeddings[] pages, int count) {
    this.dim = dim;
    this.shift = shift;
    this.pages = pages;
    this.count = count;
  }

  private static int shift(int dim) {
    int rows = Math.max(16, PAGE_FLOATS / dim);
    return 31 - Integer.numberOfLeadingZeros(rows);
  }

  RowPages snapshot() {
    return new RowPages(dim, shift, pages.clone(), count);
  }

  int count() {
    return count;
  }

  /** Rows of a full page. */
  int pageRows() {
    return 1 << shift;
  }

  /** How many rows of a page are in use. */
  int rowsIn(int page) {
    return Math.min(1 << shift, count - (page << shift));
  }

  int pages() {
    return (count + (1 << shift) - 1) >> shift;
  }

  /** A page as it is: nobody writes to it, or reads beyond {@link #rowsIn}. */
  Embeddings page(int page) {
    return pages[page];
  }

  /** The page that holds a row. */
  Embeddings pageOf(int row) {
    return pages[row >> shift];
  }

  /** A row's place within its page. */
  int within(int row) {
    return row & ((1 << shift) - 1);
  }

  /** The first number of a row. */
  float value(int row) {
    return pageOf(row).values()[within(row) * dim];
  }

  /** A copy of a row. */
  float[] row(int row) {
    return pageOf(row).row(within(row));
  }

  /** Adds a copy of a row, in place: snapshots do not look beyond their own count. */
  void add(float[] row) {
    int page = count >> shift;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page + 1);
      pages[page] = new Embeddings(dim, new float[dim << shift]);
    }
    System.arraycopy(row, 0, pages[page].values(), within(count) * dim, dim);
    count++;
  }

  long bytes() {
    return (4L * dim * pages.length) << shift;
  }
}
