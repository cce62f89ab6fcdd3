package dev.doppel.bench;

import dev.doppel.error.OptionException;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.disk.Access;
import dev.doppel.gallery.disk.DiskGallery;
import dev.doppel.model.Head;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a gallery on disk costs by its size, as a Markdown table: bytes in the file and in memory,
 * milliseconds to open it and to search it, enrolments a second.
 *
 * <pre>
 * bench/run GallerySizeBench
 * bench/run GallerySizeBench labels=1000,10000,100000,1000000
 * </pre>
 *
 * <p>Each label has one random unit row, and is searched by rows near one of them for the ten
 * closest labels; opening is that of a file in the system's cache, with all rows checked. Memory is
 * the heap that the opened gallery holds after a collection. Originals are random bytes, so that
 * nothing could make them smaller.
 */
public final class GallerySizeBench {

  private static final int BATCH = 10_000;

  private GallerySizeBench() {}

  /**
   * What to measure.
   *
   * @param labels sizes, each measured by itself
   * @param dim numbers of an embedding
   * @param originals bytes of a picture, each measured by itself; 0 keeps none
   * @param queries searches, of which the median is shown
   * @param singles enrolments one by one
   */
  record Options(List<Integer> labels, int dim, List<Integer> originals, int queries, int singles) {

    Options {
      labels = List.copyOf(labels);
      originals = List.copyOf(originals);
      OptionException.require(
          !labels.isEmpty() && labels.stream().allMatch(each -> each >= 1),
          "labels",
          labels,
          "at least 1 each");
      OptionException.require(dim >= 1, "dim", dim, "at least 1");
      OptionException.require(
          !originals.isEmpty() && originals.stream().allMatch(each -> each >= 0),
          "originals",
          originals,
          "at least 0 each");
      OptionException.require(queries >= 1, "queries", queries, "at least 1");
      OptionException.require(singles >= 1, "singles", singles, "at least 1");
    }

    static Options defaults() {
      return new Options(List.of(1000, 10_000, 100_000), 128, List.of(0, 400), 200, 200);
    }
  }

  /** Prints the table; arguments are {@code name=value}, see {@link Options}. */
  public static void main(String[] arguments) throws IOException {
    run(Arguments.read(Options.defaults(), arguments), System.out);
  }

  static void run(Options options, PrintStream out) throws IOException {
    out.printf(
        "| labels | originals of | on disk | in memory | open | search, p50 | enrol one by one |"
            + " enrol in batches |%n");
    out.printf("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |%n");
    Path folder = Files.createTempDirectory("doppel-bench");
    Path file = folder.resolve("size.gallery");
    try {
      for (int labels : options.labels()) {
        for (int original : options.originals()) {
          measure(file, labels, original, options, out);
          Files.delete(file);
        }
      }
    } finally {
      try (var left = Files.list(folder)) {
        for (Path each : left.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(folder);
    }
  }

  private static void measure(
      Path file, int labels, int original, Options options, PrintStream out) {
    SplittableRandom random = new SplittableRandom(labels);
    int singles = Math.min(options.singles(), labels);
    double[] taken = fill(file, labels, singles, original, options.dim(), random);
    long before = heap();
    long begin = System.nanoTime();
    try (DiskGallery gallery = DiskGallery.open(file, Access.WRITE)) {
      double open = (System.nanoTime() - begin) * 1e-9;
      long held = heap() - before;
      double search = median(gallery, options, random);
      out.printf(
          Locale.ROOT,
          "| %,d | %s | %s | %s | %.0f ms | %.3f ms | %,.0f/s | %s |%n",
          labels,
          original == 0 ? "none" : original + " bytes",
          megabytes(gallery.stats().fileBytes()),
          megabytes(held),
          1e3 * open,
          1e3 * search,
          singles / taken[1],
          taken[0] == 0
              ? ""
              : String.format(Locale.ROOT, "%,.0f/s", (labels - singles) / taken[0]));
    }
  }

  /** Makes the file; the seconds that its batches and its single enrolments took. */
  private static double[] fill(
      Path file, int labels, int singles, int original, int dim, SplittableRandom random) {
    double[] taken = new double[2];
    try (DiskGallery gallery = DiskGallery.create(file, stamp(dim))) {
      for (int from = 0; from < labels - singles; from += BATCH) {
        int count = Math.min(BATCH, labels - singles - from);
        List<Enrolment> batch = batch(from, count, original, dim, random);
        taken[0] += seconds(() -> gallery.enrol(batch));
      }
      for (Enrolment each : batch(labels - singles, singles, original, dim, random)) {
        taken[1] += seconds(() -> gallery.enrol(List.of(each)));
      }
    }
    return taken;
  }

  private static double median(DiskGallery gallery, Options options, SplittableRandom random) {
    double[] taken = new double[options.queries()];
    for (int warm = 0; warm < 2; warm++) {
      for (int i = 0; i < taken.length; i++) {
        long id = 1 + random.nextLong(gallery.stats().items());
        float[] query = gallery.embeddings(List.of(id)).get(0);
        for (int k = 0; k < query.length; k++) {
          query[k] += (float) (0.05 * random.nextDouble(-1, 1));
        }
        taken[i] = seconds(() -> gallery.search(query, 10, Filter.none()));
      }
    }
    Arrays.sort(taken);
    return taken[taken.length / 2];
  }

  private static ModelStamp stamp(int dim) {
    return new ModelStamp("random rows", "none", dim, new Head.Cosine());
  }

  private static List<Enrolment> batch(
      int from, int count, int original, int dim, SplittableRandom random) {
    List<Enrolment> batch = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      byte[] picture = new byte[original];
      random.nextBytes(picture);
      batch.add(
          new Enrolment(
              String.format(Locale.ROOT, "label %07d", i),
              unit(dim, random),
              Map.of(),
              original == 0 ? null : picture));
    }
    return batch;
  }

  private static float[] unit(int dim, SplittableRandom random) {
    float[] row = new float[dim];
    double squares = 0;
    for (int k = 0; k < dim; k++) {
      row[k] = (float) (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
      squares += row[k] * row[k];
    }
    for (int k = 0; k < dim; k++) {
      row[k] /= (float) Math.sqrt(squares);
    }
    return row;
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) * 1e-9;
  }

  @SuppressWarnings("SystemGc")
  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes * 1e-6);
  }
}
