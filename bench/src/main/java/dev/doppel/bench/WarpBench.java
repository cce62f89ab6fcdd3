package dev.doppel.bench;

import dev.doppel.augment.KochDistortion;
import dev.doppel.image.Bitmap;
import dev.doppel.image.Image;
import dev.doppel.image.PlainWarp;
import dev.doppel.image.Warp;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Distorted images a second on one core: draw Koch's map, render it, 105×105 to 105 or straight to
 * 40 pixels; beside it the plain twin.
 *
 * <pre>
 * bench/run WarpBench
 * </pre>
 *
 * <p>The pictures are strokes with 8 % ink, like Omniglot's, so no data is needed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WarpBench {

  private static final int SIDE = 105;
  private static final int PICTURES = 512;

  /** Columns and rows of what is rendered. */
  @Param({"105", "40"})
  public int side;

  private final Image[] pictures = new Image[PICTURES];
  private final float[] plane = new float[SIDE * SIDE];
  private int item;

  /** Runs it; arguments are JMH's. */
  public static void main(String[] arguments) throws IOException {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = WarpBench.class.getSimpleName();
    Main.main(all);
  }

  /** Draws the pictures. */
  public WarpBench() {
    for (int i = 0; i < PICTURES; i++) {
      pictures[i] = strokes(Seed.of(0).at(i).draws());
    }
  }

  /** The renderer everything uses. */
  @Benchmark
  public float[] quick() {
    Warp.render(pictures[item % PICTURES], 0, next(), side, side, plane, 0);
    return plane;
  }

  /** The definition, written down as it reads. */
  @Benchmark
  public float[] plain() {
    PlainWarp.render(pictures[item % PICTURES], 0, next(), side, side, plane, 0);
    return plane;
  }

  private double[] next() {
    Draws draws = Seed.of(1).at(item++ & 0x7FFFFFFF).draws();
    return KochDistortion.PAPER.draw(draws).inverse(SIDE, SIDE);
  }

  /** Four straight strokes three pixels wide in the middle of the sheet. */
  private static Image strokes(Draws draws) {
    Bitmap.Builder sheet = new Bitmap.Builder(SIDE, SIDE);
    for (int stroke = 0; stroke < 4; stroke++) {
      double x = draws.between(15, 90);
      double y = draws.between(15, 90);
      double toX = draws.between(15, 90);
      double toY = draws.between(15, 90);
      for (int step = 0; step <= 200; step++) {
        int atX = (int) (x + (toX - x) * step / 200);
        int atY = (int) (y + (toY - y) * step / 200);
        for (int i = 0; i < 9; i++) {
          sheet.ink(atX + i % 3 - 1, atY + i / 3 - 1);
        }
      }
    }
    return sheet.build();
  }
}
