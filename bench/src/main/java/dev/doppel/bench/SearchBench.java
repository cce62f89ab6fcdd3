package dev.doppel.bench;

import dev.doppel.error.OptionException;
import dev.doppel.search.ApproximateIndex;
import dev.doppel.search.ExactIndex;
import dev.doppel.search.Hit;
import dev.doppel.search.Kernels;
import dev.doppel.search.Metric;
import dev.doppel.search.VectorIndex;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Queries a second of the exact and the approximate index, all at once and one by one; the
 * baselines are faiss's flat index, and its graph (HNSW32) at the effort that reaches the recall.
 *
 * <pre>
 * bench/run SearchBench
 * bench/run SearchBench data=base.fvecs rows=1000000 rounds=5
 * </pre>
 *
 * <p>Without {@code data} rows are drawn; with it the queries are those of {@code
 * base_queries.fvecs} beside it. Both sides use the same threads and take turns. Without faiss,
 * times stand alone.
 */
public final class SearchBench {

  private static final String EXACT = "exact";
  private static final String FLAT = "faiss flat";
  private static final String APPROXIMATE = "approximate";
  private static final String GRAPH = "faiss HNSW32";

  /**
   * What faiss's graph is built and searched with; the first effort with enough recall is taken.
   */
  private static final String GRAPH_LINKS = "32 40";

  private static final List<Integer> EFFORTS =
      List.of(16, 24, 32, 48, 64, 80, 96, 128, 192, 256, 384, 512, 768);

  private static final int PRODUCT_SIDE = 2048;

  private SearchBench() {}

  /**
   * What to time.
   *
   * @param data an .fvecs file, or empty to draw rows
   * @param rows at most so many
   * @param dim numbers in a drawn row
   * @param queries at most so many
   * @param k rows asked for
   * @param recall of the approximate index, and of faiss's graph
   * @param singles queries asked one by one, a turn
   * @param rounds turns that count
   * @param threads numbers of threads, each timed by itself
   * @param python that has faiss
   */
  record Options(
      String data,
      int rows,
      int dim,
      int queries,
      int k,
      double recall,
      int singles,
      int rounds,
      List<Integer> threads,
      String python) {

    Options {
      threads = List.copyOf(threads);
      OptionException.require(rows >= 2, "rows", rows, "at least 2");
      OptionException.require(dim >= 1, "dim", dim, "at least 1");
      OptionException.require(queries >= 1, "queries", queries, "at least 1");
      OptionException.require(singles >= 1, "singles", singles, "at least 1");
      OptionException.require(rounds >= 1, "rounds", rounds, "at least 1");
      OptionException.require(
          !threads.isEmpty() && threads.stream().allMatch(each -> each >= 1),
          "threads",
          threads,
          "at least 1 each");
    }

    static Options defaults() {
      return new Options(
          "", 100_000, 128, 2000, 10, 0.99, 100, 7, List.of(1, 2), "/usr/bin/python3");
    }
  }

  /** Prints the figures; arguments are {@code name=value}, see {@link Options}. */
  public static void main(String[] arguments) throws IOException {
    run(Arguments.read(Options.defaults(), arguments), System.out);
  }

  static void run(Options options, PrintStream out) throws IOException {
    Path folder = Files.createTempDirectory("doppel-bench");
    Path base = folder.resolve("base.fvecs");
    Path asked = folder.resolve("queries.fvecs");
    try {
      if (options.data().isEmpty()) {
        Vectors.clustered("base", options.rows(), options.dim()).write(base);
        Vectors.clustered("queries", options.queries(), options.dim()).write(asked);
      } else {
        base = Path.of(options.data());
        asked = Path.of(options.data().replaceFirst("\\.fvecs$", "") + "_queries.fvecs");
      }
      Vectors rows = Vectors.read(base, options.rows());
      Vectors queries = Vectors.read(asked, options.queries());
      Optional<Faiss> faiss =
          Faiss.start(options.python(), base, asked, rows.count(), queries.count(), options.k());
      try {
        new Comparison(options, rows, queries, faiss, out).print();
      } finally {
        faiss.ifPresent(Faiss::close);
      }
    } finally {
      Files.deleteIfExists(folder.resolve("base.fvecs"));
      Files.deleteIfExists(folder.resolve("queries.fvecs"));
      Files.delete(folder);
    }
  }

  /** One run over one set of vectors. */
  private record Comparison(
      Options options, Vectors rows, Vectors queries, Optional<Faiss> faiss, PrintStream out) {

    void print() {
      say(
          "%d rows of %d, %d queries, k = %d; kernels: %s; %d rounds: median [range]",
          rows.count(),
          rows.dim(),
          queries.count(),
          options.k(),
          Kernels.best().name(),
          options.rounds());
      say(
          "baseline: %s",
          faiss
              .map(Faiss::about)
              .orElse(
                  "none, since %s has no faiss (Debian: apt-get install python3-faiss"
                          .formatted(options.python())
                      + " libopenblas0-pthread)"));
      if (faiss.map(Faiss::about).orElse("").contains("reference")) {
        say("  this BLAS is no fair baseline (Debian: apt-get install libopenblas0-pthread)");
      }
      int most = options.threads().stream().mapToInt(Integer::intValue).max().orElse(1);
      int effort = faiss.map(peer -> effort(peer, most)).orElse(0);
      for (int threads : options.threads()) {
        time(threads, effort);
      }
    }

    /** Builds faiss's graph; the first effort with which it reaches the recall, or the largest. */
    private int effort(Faiss peer, int threads) {
      peer.tell("threads " + threads);
      double seconds = peer.ask("hnsw " + GRAPH_LINKS);
      int effort = 0;
      double recall = 0;
      for (int i = 0; i < EFFORTS.size() && recall < options.recall(); i++) {
        effort = EFFORTS.get(i);
        recall = peer.ask("recall hnsw " + effort);
      }
      say(
          "%s: built in %.1f s on %d threads; recall@1 %.4f with efSearch %d",
          GRAPH, seconds, threads, recall, effort);
      return effort;
    }

    private void time(int threads, int effort) {
      say("");
      say("%d thread%s", threads, threads == 1 ? "" : "s");
      Metric metric = new Metric.InnerProduct();
      VectorIndex exact = new ExactIndex(metric, rows.dim(), threads);
      ApproximateIndex approximate =
          new ApproximateIndex(
              metric,
              rows.dim(),
              new ApproximateIndex.Options(options.recall(), threads, 10_000, 1));
      fill(EXACT, exact);
      fill(APPROXIMATE, approximate);
      say(
          "  %-12s %d cells, recall@1 %.4f, recall@%d %.4f",
          APPROXIMATE,
          approximate.cells(),
          recall(exact, approximate, 1),
          options.k(),
          recall(exact, approximate, options.k()));
      faiss.ifPresent(
          peer -> {
            peer.tell("threads " + threads);
            say(
                "  sgemm of numpy, %1$d × %1$d: %2$.0f GFLOP/s",
                PRODUCT_SIDE, peer.ask("product " + PRODUCT_SIDE));
          });

      Map<String, Runnable> together = new LinkedHashMap<>();
      together.put(EXACT, () -> exact.searchAll(queries.values(), options.k()));
      faiss.ifPresent(peer -> together.put(FLAT, () -> peer.tell("batch flat 0")));
      together.put(APPROXIMATE, () -> approximate.searchAll(queries.values(), options.k()));
      faiss.ifPresent(peer -> together.put(GRAPH, () -> peer.tell("batch hnsw " + effort)));
      Rounds rounds = Rounds.of(options.rounds(), together);
      int count = queries.count();
      say("  %d at once", count);
      compare(rounds, EXACT, FLAT, way -> rounds.rate(way, count).text(0) + " queries/s");
      compare(rounds, APPROXIMATE, GRAPH, way -> rounds.rate(way, count).text(0) + " queries/s");
      say(
          "    exact multiplies %s GFLOP/s",
          rounds.rate(EXACT, 2e-9 * rows.count() * rows.dim() * count).text(0));

      int alone = Math.min(options.singles(), count);
      Map<String, Runnable> single = new LinkedHashMap<>();
      single.put(EXACT, () -> oneByOne(exact, alone));
      faiss.ifPresent(peer -> single.put(FLAT, () -> peer.tell("singles flat 0 " + alone)));
      single.put(APPROXIMATE, () -> oneByOne(approximate, alone));
      faiss.ifPresent(
          peer -> single.put(GRAPH, () -> peer.tell("singles hnsw " + effort + " " + alone)));
      Rounds turns = Rounds.of(options.rounds(), single);
      say("  one by one");
      compare(turns, EXACT, FLAT, way -> turns.milliseconds(way, alone).text(3) + " ms");
      compare(turns, APPROXIMATE, GRAPH, way -> turns.milliseconds(way, alone).text(3) + " ms");
    }

    private void fill(String name, VectorIndex index) {
      long begin = System.nanoTime();
      index.put(IntStream.range(0, rows.count()).toArray(), rows.values());
      say(
          "  %-12s built in %.2f s, %.0f bytes a row",
          name, (System.nanoTime() - begin) * 1e-9, index.bytes() / (double) rows.count());
    }

    private double recall(VectorIndex exact, VectorIndex index, int k) {
      List<List<Hit>> truth = exact.searchAll(queries.values(), k);
      List<List<Hit>> found = index.searchAll(queries.values(), k);
      double right = 0;
      for (int q = 0; q < queries.count(); q++) {
        List<Hit> hits = new ArrayList<>(found.get(q));
        hits.retainAll(truth.get(q));
        right += hits.size() / (double) truth.get(q).size();
      }
      return right / queries.count();
    }

    private void oneByOne(VectorIndex index, int count) {
      for (int q = 0; q < count; q++) {
        int from = q * queries.dim();
        index.search(Arrays.copyOfRange(queries.values(), from, from + queries.dim()), options.k());
      }
    }

    private void compare(Rounds rounds, String way, String baseline, UnaryOperator<String> figure) {
      String line = "    %-12s %s".formatted(way, figure.apply(way));
      if (faiss.isPresent()) {
        line +=
            ", %s %s: %s times as fast"
                .formatted(baseline, figure.apply(baseline), rounds.ratio(way, baseline).text(2));
      }
      out.println(line);
    }

    private void say(String format, Object... values) {
      out.printf(Locale.ROOT, format + "%n", values);
    }
  }
}
