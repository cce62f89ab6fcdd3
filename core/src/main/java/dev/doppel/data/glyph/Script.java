package dev.doppel.data.glyph;

import dev.doppel.data.glyph.Stroke.Point;
import dev.doppel.random.Draws;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * What the characters of one alphabet have in common: where strokes begin and end, how often they
 * bend, join on or close to a ring, and how many there are.
 *
 * @param anchors the places strokes run between
 * @param curved how likely a stroke bends
 * @param joined how likely it goes on where an earlier one was
 * @param ringed how likely it is a ring
 * @param strokes the usual number of them
 */
record Script(List<Point> anchors, double curved, double joined, double ringed, int strokes) {

  Script {
    anchors = List.copyOf(anchors);
  }

  /** A new alphabet's. */
  static Script invent(Draws draws) {
    int columns = 2 + draws.below(3);
    int rows = 2 + draws.below(3);
    List<Point> anchors = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        Point on = new Point(0.18 + 0.64 * column / (columns - 1), 0.18 + 0.64 * row / (rows - 1));
        anchors.add(on.shaken(draws, 0.05));
      }
    }
    return new Script(
        anchors,
        draws.between(0.1, 0.9),
        draws.between(0.4, 0.95),
        draws.between(0, 0.25),
        3 + draws.below(3));
  }

  /** A new character: the strokes as their inventor meant them. */
  List<Stroke> character(Draws draws) {
    List<Stroke> drawn = new ArrayList<>();
    int count = strokes + draws.below(3) - 1;
    while (drawn.size() < count) {
      Point start = draws.pick(anchors);
      if (!drawn.isEmpty() && draws.chance(joined)) {
        Stroke earlier = draws.pick(drawn);
        start = earlier.at(draws.chance(0.6) ? 1 : draws.unit());
      }
      if (draws.chance(ringed)) {
        ring(draws, start, drawn);
        continue;
      }
      Point end = draws.pick(anchors);
      if (start.distance(end) < 0.2) {
        continue; // a dot would tell nothing
      }
      double bend = draws.chance(curved) ? draws.between(-0.7, 0.7) : 0;
      double bendToo = draws.chance(0.3) ? -bend : bend;
      drawn.add(Stroke.between(start, end, bend, bendToo));
    }
    return fitted(drawn);
  }

  /** In the middle of the sheet, with room for hands to stray. */
  private static List<Stroke> fitted(List<Stroke> strokes) {
    DoubleSummaryStatistics x = new DoubleSummaryStatistics();
    DoubleSummaryStatistics y = new DoubleSummaryStatistics();
    for (Stroke stroke : strokes) {
      for (int i = 0; i <= 8; i++) {
        x.accept(stroke.at(i / 8.0).x());
        y.accept(stroke.at(i / 8.0).y());
      }
    }
    double extent = Math.max(x.getMax() - x.getMin(), y.getMax() - y.getMin());
    double scale = Math.min(1, 0.62 / extent);
    return strokes.stream()
        .map(
            stroke ->
                new Stroke(
                    stroke.points().stream()
                        .map(
                            point ->
                                new Point(
                                    0.5 + scale * (point.x() - (x.getMin() + x.getMax()) / 2),
                                    0.5 + scale * (point.y() - (y.getMin() + y.getMax()) / 2)))
                        .toList()))
        .toList();
  }

  /** Two half circles through a place. */
  private static void ring(Draws draws, Point start, List<Stroke> drawn) {
    double width = draws.between(0.15, 0.3);
    Point across =
        new Point(
            start.x() + (start.x() > 0.5 ? -width : width), start.y() + draws.between(-0.1, 0.1));
    drawn.add(Stroke.between(start, across, 0.65, 0.65));
    drawn.add(Stroke.between(across, start, 0.65, 0.65));
  }
}
