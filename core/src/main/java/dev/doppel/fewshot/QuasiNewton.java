package dev.doppel.fewshot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Descent on a smooth convex function with a limited memory of its curvature (Nocedal 1980). */
final class QuasiNewton {

  private static final int MEMORY = 10;
  private static final int STEPS = 500;

  private static final double ENOUGH = 1e-4;
  private static final int HALVINGS = 50;

  /** A function with its gradient. */
  interface Function {
    /** The value; writes the gradient. */
    double of(double[] point, double[] slope);
  }

  private record Move(double[] step, double[] bend, double product) {}

  private QuasiNewton() {}

  /**
   * Where the function is least, near enough, beginning at a point.
   *
   * @param flat length of the slope at which it has arrived
   */
  static double[] minimum(Function function, double[] from, double flat) {
    double[] point = from.clone();
    double[] slope = new double[point.length];
    double value = function.of(point, slope);
    Deque<Move> moves = new ArrayDeque<>();
    for (int n = 0; n < STEPS && Math.sqrt(Dense.dot(slope, slope)) > flat; n++) {
      double[] direction = direction(slope, moves);
      double falls = Dense.dot(direction, slope);
      double length = moves.isEmpty() ? Math.min(1, 1 / Math.sqrt(-falls)) : 1;
      double[] next = new double[point.length];
      double[] nextSlope = new double[point.length];
      double nextValue = Double.POSITIVE_INFINITY;
      for (int halving = 0; halving < HALVINGS; halving++) {
        System.arraycopy(point, 0, next, 0, point.length);
        Dense.add(next, length, direction);
        nextValue = function.of(next, nextSlope);
        if (nextValue <= value + ENOUGH * length * falls) {
          break;
        }
        length /= 2;
      }
      if (!(nextValue < value)) {
        return point; // no number beyond this one is smaller
      }
      remember(moves, point, slope, next, nextSlope);
      point = next;
      slope = nextSlope;
      value = nextValue;
    }
    return point;
  }

  private static void remember(
      Deque<Move> moves, double[] point, double[] slope, double[] next, double[] nextSlope) {
    double[] step = next.clone();
    double[] bend = nextSlope.clone();
    Dense.add(step, -1, point);
    Dense.add(bend, -1, slope);
    double product = Dense.dot(step, bend);
    if (product > 1e-14 * Dense.dot(bend, bend)) {
      moves.addLast(new Move(step, bend, product));
      if (moves.size() > MEMORY) {
        moves.removeFirst();
      }
    }
  }

  private static double[] direction(double[] slope, Deque<Move> moves) {
    double[] direction = slope.clone();
    double[] shares = new double[moves.size()];
    int i = moves.size();
    for (Iterator<Move> newest = moves.descendingIterator(); newest.hasNext(); ) {
      Move move = newest.next();
      shares[--i] = Dense.dot(move.step, direction) / move.product;
      Dense.add(direction, -shares[i], move.bend);
    }
    if (!moves.isEmpty()) {
      Move last = moves.getLast();
      Dense.scale(direction, last.product / Dense.dot(last.bend, last.bend));
    }
    for (Move move : moves) {
      double share = Dense.dot(move.bend, direction) / move.product;
      Dense.add(direction, shares[i++] - share, move.step);
    }
    Dense.scale(direction, -1);
    return direction;
  }
}
