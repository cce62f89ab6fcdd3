package dev.doppel.cli.report;

import dev.doppel.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Images at the places of their embeddings, on the two directions along which these differ most
 * (principal components), then pushed apart until they hardly cover each other. Classes differ in
 * colour.
 *
 * @param title what is shown
 * @param samples the images
 * @param rows their embeddings, all of one length
 */
public record EmbeddingMap(String title, List<Sample> samples, List<float[]> rows) {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 560;
  private static final int MARGIN = 16;
  private static final int ABOVE = 44;
  private static final double TILE = 34;

  /** Pixels of an image that become one of the map's. */
  private static final int SHRINK = 3;

  private static final int POWERS = 200;
  private static final int PUSHES = 300;

  public EmbeddingMap {
    samples = List.copyOf(samples);
    rows = List.copyOf(rows);
    if (samples.size() != rows.size() || rows.isEmpty()) {
      throw new IllegalArgumentException(rows.size() + " rows of " + samples.size() + " images");
    }
  }

  /** The whole {@code svg} document. */
  public String svg() {
    double[][] places = places();
    List<String> classes = samples.stream().map(Sample::className).distinct().toList();
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.text(title)));
    svg.append(Svg.text("head", 20, 28, "start", title));
    for (int i = 0; i < places.length; i++) {
      int hue = 360 * classes.indexOf(samples.get(i).className()) / classes.size();
      svg.append(
          InkPath.tile(
              samples.get(i).image(),
              places[i][0],
              places[i][1],
              TILE,
              SHRINK,
              String.format(Locale.ROOT, "stroke:hsl(%d 85%% 32%%)", hue)));
    }
    return Standalone.of(svg.append("</svg>\n").toString());
  }

  /** The upper left corners of the tiles. */
  private double[][] places() {
    double[][] centred = centred();
    double[] first = direction(centred, new double[centred[0].length]);
    double[] second = direction(centred, first);
    double[][] places = new double[centred.length][];
    for (int i = 0; i < places.length; i++) {
      places[i] = new double[] {dot(centred[i], first), dot(centred[i], second)};
    }
    stretch(places, 0, MARGIN, WIDTH - MARGIN - TILE);
    stretch(places, 1, ABOVE, HEIGHT - MARGIN - TILE);
    for (int i = 0; i < PUSHES && push(places); i++) {
      // until all have room
    }
    return places;
  }

  private double[][] centred() {
    int dim = rows.get(0).length;
    double[] mean = new double[dim];
    for (float[] row : rows) {
      for (int k = 0; k < dim; k++) {
        mean[k] += row[k] / (double) rows.size();
      }
    }
    List<double[]> centred = new ArrayList<>();
    for (float[] row : rows) {
      double[] difference = new double[dim];
      Arrays.setAll(difference, k -> row[k] - mean[k]);
      centred.add(difference);
    }
    return centred.toArray(double[][]::new);
  }

  /** The unit direction of most variance across another, by power iteration. */
  private static double[] direction(double[][] centred, double[] across) {
    double[] direction = new double[across.length];
    Arrays.setAll(direction, k -> 1 + k % 7); // any start but an unlucky one
    for (int i = 0; i < POWERS; i++) {
      double[] next = new double[direction.length];
      for (double[] row : centred) {
        double along = dot(row, direction);
        for (int k = 0; k < next.length; k++) {
          next[k] += along * row[k];
        }
      }
      double off = dot(next, across);
      double squares = 0;
      for (int k = 0; k < next.length; k++) {
        next[k] -= off * across[k];
        squares += next[k] * next[k];
      }
      double length = Math.sqrt(squares);
      for (int k = 0; k < next.length; k++) {
        direction[k] = length == 0 ? 0 : next[k] / length;
      }
    }
    return direction;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void stretch(double[][] places, int axis, double from, double to) {
    double least = Arrays.stream(places).mapToDouble(place -> place[axis]).min().orElse(0);
    double most = Arrays.stream(places).mapToDouble(place -> place[axis]).max().orElse(1);
    for (double[] place : places) {
      place[axis] = from + (place[axis] - least) / Math.max(most - least, 1e-9) * (to - from);
    }
  }

  /** Moves tiles that overlap apart, along the axis on which they overlap less. */
  private static boolean push(double[][] places) {
    boolean pushed = false;
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < i; j++) {
        double overlapX = TILE - Math.abs(places[i][0] - places[j][0]);
        double overlapY = TILE - Math.abs(places[i][1] - places[j][1]);
        if (overlapX > 0 && overlapY > 0) {
          int axis = overlapX < overlapY ? 0 : 1;
          double half =
              Math.min(overlapX, overlapY) / 2 * (places[i][axis] < places[j][axis] ? -1 : 1);
          place(places[i], axis, half);
          place(places[j], axis, -half);
          pushed = true;
        }
      }
    }
    return pushed;
  }

  private static void place(double[] place, int axis, double by) {
    double least = axis == 0 ? MARGIN : ABOVE;
    double most = (axis == 0 ? WIDTH : HEIGHT) - MARGIN - TILE;
    place[axis] = Math.max(least, Math.min(most, place[axis] + by));
  }
}
