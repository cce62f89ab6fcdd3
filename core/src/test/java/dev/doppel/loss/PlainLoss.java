package dev.doppel.loss;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * The losses as their formulas read, in double precision, tuple by tuple: what the quick ones are
 * compared with.
 *
 * <p>Rows before {@code live} are the batch, those from there on a memory.
 */
@NullMarked
public final class PlainLoss {

  /** Adds terms and slopes. */
  interface Formula {
    void sum(Sums sums);
  }

  /**
   * What comes out.
   *
   * @param value the loss
   * @param gradient {@code [live * dim]}
   * @param selected tuples
   * @param active tuples
   */
  public record Answer(double value, double[] gradient, long selected, long active) {}

  /** The state of one evaluation. */
  static final class Sums {
    final int live;
    final int[] labels;
    final double[][] score;
    final double[][] slope;
    double value;
    long terms;
    long activeTerms;
    long selected;
    long active;

    Sums(int live, int[] labels, double[][] score) {
      this.live = live;
      this.labels = labels;
      this.score = score;
      this.slope = new double[score.length][score.length];
    }

    int all() {
      return labels.length;
    }

    boolean same(int i, int j) {
      return labels[i] == labels[j];
    }

    List<Integer> positives(int a) {
      List<Integer> rows = new ArrayList<>();
      for (int j = 0; j < all(); j++) {
        if (j != a && same(a, j)) {
          rows.add(j);
        }
      }
      return rows;
    }

    List<Integer> negatives(int a) {
      List<Integer> rows = new ArrayList<>();
      for (int j = 0; j < all(); j++) {
        if (!same(a, j)) {
          rows.add(j);
        }
      }
      return rows;
    }

    void tuple(double term) {
      term(term, 1);
    }

    void term(double term, long tuples) {
      value += term;
      terms++;
      selected += tuples;
      if (term > 0) {
        activeTerms++;
        active += tuples;
      }
    }
  }

  private final Measure measure;
  private final Reduction reduction;
  private final Formula formula;

  private PlainLoss(Measure measure, Reduction reduction, Formula formula) {
    this.measure = measure;
    this.reduction = reduction;
    this.formula = formula;
  }

  /** Value and gradient of a batch. */
  public Answer of(double[][] rows, int[] labels) {
    return of(rows, labels, rows.length);
  }

  /** The same where only the first rows are the batch. */
  Answer of(double[][] rows, int[] labels, int live) {
    int n = rows.length;
    double[][] score = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        score[i][j] = score(rows[i], rows[j]);
      }
    }
    Sums sums = new Sums(live, labels, score);
    formula.sum(sums);
    double divisor = reduction.divisor(sums.terms, sums.activeTerms);
    int dim = rows[0].length;
    double[] gradient = new double[n * dim];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (sums.slope[i][j] != 0) {
          back(sums.slope[i][j] / divisor, score[i][j], rows, i, j, gradient);
        }
      }
    }
    return new Answer(
        sums.value / divisor,
        java.util.Arrays.copyOf(gradient, live * dim),
        sums.selected,
        sums.active);
  }

  private double score(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      double d = a[k] - b[k];
      sum +=
          measure instanceof Similarity
              ? a[k] * b[k]
              : measure == Distance.MANHATTAN ? Math.abs(d) : d * d;
    }
    if (measure == Similarity.COSINE) {
      return sum / (length(a) * length(b));
    }
    return measure == Distance.EUCLIDEAN ? Math.sqrt(sum) : sum;
  }

  private static double length(double[] a) {
    double sum = 0;
    for (double x : a) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  private void back(double slope, double score, double[][] rows, int i, int j, double[] gradient) {
    double[] a = rows[i];
    double[] b = rows[j];
    double la = length(a);
    double lb = length(b);
    int dim = a.length;
    for (int k = 0; k < dim; k++) {
      double d = a[k] - b[k];
      double byA;
      double byB;
      if (measure == Similarity.DOT) {
        byA = b[k];
        byB = a[k];
      } else if (measure == Similarity.COSINE) {
        byA = b[k] / (la * lb) - score * a[k] / (la * la);
        byB = a[k] / (la * lb) - score * b[k] / (lb * lb);
      } else {
        byA =
            measure == Distance.EUCLIDEAN
                ? (score == 0 ? 0 : d / score)
                : measure == Distance.MANHATTAN ? Math.signum(d) : 2 * d;
        byB = -byA;
      }
      gradient[i * dim + k] += slope * byA;
      gradient[j * dim + k] += slope * byB;
    }
  }

  private static double logSum(double... xs) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double x : xs) {
      highest = Math.max(highest, x);
    }
    double sum = 0;
    for (double x : xs) {
      sum += Math.exp(x - highest);
    }
    return highest + Math.log(sum);
  }

  /** Hadsell et al. 2006, every pair once. */
  public static PlainLoss contrastive(Distance distance, double margin, Reduction reduction) {
    return new PlainLoss(
        distance,
        reduction,
        s -> {
          for (int i = 0; i < s.live; i++) {
            for (int j = i + 1; j < s.all(); j++) {
              double d = s.score[i][j];
              double pull = s.same(i, j) ? d : -Math.max(0, margin - d);
              s.tuple(pull * pull / 2);
              s.slope[i][j] += pull;
            }
          }
        });
  }

  /** Chopra et al. 2005, every pair once. */
  static PlainLoss exponential(double q, Reduction reduction) {
    return new PlainLoss(
        Distance.MANHATTAN,
        reduction,
        s -> {
          for (int i = 0; i < s.live; i++) {
            for (int j = i + 1; j < s.all(); j++) {
              double e = s.score[i][j];
              double decay = Math.exp(-2.77 / q * e);
              s.tuple(s.same(i, j) ? 2 / q * e * e : 2 * q * decay);
              s.slope[i][j] += s.same(i, j) ? 4 / q * e : -2 * 2.77 * decay;
            }
          }
        });
  }

  /** Which triplets, by their distances. */
  public interface Chosen {
    boolean triplet(double near, double far);
  }

  /** All triplets that are chosen by their distances. */
  public static PlainLoss triplet(
      Distance distance, Chosen chosen, double margin, Hinge hinge, Reduction reduction) {
    return new PlainLoss(
        distance,
        reduction,
        s -> {
          for (int a = 0; a < s.live; a++) {
            List<Integer> negatives = s.negatives(a);
            for (int p : s.positives(a)) {
              for (int n : negatives) {
                if (chosen.triplet(s.score[a][p], s.score[a][n])) {
                  one(s, a, p, n, margin, hinge);
                }
              }
            }
          }
        });
  }

  private static void one(Sums s, int a, int p, int n, double margin, Hinge hinge) {
    double violation = s.score[a][p] - s.score[a][n] + margin;
    double slope = hinge == Hinge.RELU ? (violation > 0 ? 1 : 0) : 1 / (1 + Math.exp(-violation));
    s.tuple(hinge == Hinge.RELU ? Math.max(0, violation) : Math.log1p(Math.exp(violation)));
    s.slope[a][p] += slope;
    s.slope[a][n] -= slope;
  }

  /** Hermans et al. 2017. */
  public static PlainLoss batchHard(
      Distance distance, double margin, Hinge hinge, Reduction reduction) {
    return new PlainLoss(
        distance,
        reduction,
        s -> {
          for (int a = 0; a < s.live; a++) {
            int furthest = -1;
            for (int p : s.positives(a)) {
              if (furthest < 0 || s.score[a][p] > s.score[a][furthest]) {
                furthest = p;
              }
            }
            int nearest = -1;
            for (int n : s.negatives(a)) {
              if (nearest < 0 || s.score[a][n] < s.score[a][nearest]) {
                nearest = n;
              }
            }
            if (furthest >= 0 && nearest >= 0) {
              one(s, a, furthest, nearest, margin, hinge);
            }
          }
        });
  }

  /** Of the semi-hard negatives the nearest. */
  static PlainLoss nearestSemiHard(Distance distance, double margin, Reduction reduction) {
    return new PlainLoss(
        distance,
        reduction,
        s -> {
          for (int a = 0; a < s.live; a++) {
            for (int p : s.positives(a)) {
              int nearest = -1;
              for (int n : s.negatives(a)) {
                boolean fits =
                    s.score[a][n] > s.score[a][p] && s.score[a][n] < s.score[a][p] + margin;
                if (fits && (nearest < 0 || s.score[a][n] < s.score[a][nearest])) {
                  nearest = n;
                }
              }
              if (nearest >= 0) {
                one(s, a, p, nearest, margin, Hinge.RELU);
              }
            }
          }
        });
  }

  static PlainLoss ntXent(Similarity similarity, double temperature, Reduction reduction) {
    return new PlainLoss(
        similarity,
        reduction,
        s -> {
          for (int a = 0; a < s.live; a++) {
            List<Integer> negatives = s.negatives(a);
            for (int p : s.positives(a)) {
              if (negatives.isEmpty()) {
                continue;
              }
              List<Integer> rows = new ArrayList<>(negatives);
              rows.add(p);
              double log = logSum(scaled(s.score[a], rows, 1 / temperature));
              s.tuple(log - s.score[a][p] / temperature);
              for (int j : rows) {
                s.slope[a][j] += Math.exp(s.score[a][j] / temperature - log) / temperature;
              }
              s.slope[a][p] -= 1 / temperature;
            }
          }
        });
  }

  private static double[] scaled(double[] score, List<Integer> rows, double factor) {
    return rows.stream().mapToDouble(j -> factor * score[j]).toArray();
  }

  static PlainLoss supervised(Similarity similarity, double temperature, Reduction reduction) {
    return new PlainLoss(
        similarity,
        reduction,
        s -> {
          for (int a = 0; a < s.live; a++) {
            List<Integer> positives = s.positives(a);
            List<Integer> others = new ArrayList<>(positives);
            others.addAll(s.negatives(a));
            if (positives.isEmpty()) {
              continue;
            }
            double log = logSum(scaled(s.score[a], others, 1 / temperature));
            double term = 0;
            for (int p : positives) {
              term += (log - s.score[a][p] / temperature) / positives.size();
              s.slope[a][p] -= 1 / temperature / positives.size();
            }
            for (int j : others) {
              s.slope[a][j] += Math.exp(s.score[a][j] / temperature - log) / temperature;
            }
            s.term(term, positives.size());
          }
        });
  }

  /** Wang et al. 2019; with {@code epsilon} mined. */
  public static PlainLoss multiSimilarity(
      double alpha, double beta, double base, @Nullable Double epsilon, Reduction reduction) {
    return new PlainLoss(
        Similarity.COSINE,
        reduction,
        s -> {
          for (int a = 0; a < s.live; a++) {
            double[] own = s.score[a];
            List<Integer> positives = s.positives(a);
            List<Integer> negatives = s.negatives(a);
            if (epsilon != null) {
              double most =
                  negatives.stream().mapToDouble(n -> own[n]).max().orElse(-1e9) + epsilon;
              double least =
                  positives.stream().mapToDouble(p -> own[p]).min().orElse(1e9) - epsilon;
              positives = positives.stream().filter(p -> own[p] < most).toList();
              negatives = negatives.stream().filter(n -> own[n] > least).toList();
            }
            double term = side(s, a, positives, -alpha, base) + side(s, a, negatives, beta, base);
            s.term(term, positives.size() + negatives.size());
          }
        });
  }

  private static double side(Sums s, int a, List<Integer> rows, double factor, double base) {
    double[] exponents = new double[rows.size() + 1];
    for (int i = 0; i < rows.size(); i++) {
      exponents[i] = factor * (s.score[a][rows.get(i)] - base);
    }
    double log = logSum(exponents);
    for (int i = 0; i < rows.size(); i++) {
      s.slope[a][rows.get(i)] += Math.signum(factor) * Math.exp(exponents[i] - log);
    }
    return log / Math.abs(factor);
  }

  static PlainLoss lifted(double margin, Reduction reduction) {
    return new PlainLoss(
        Distance.EUCLIDEAN,
        reduction,
        s -> {
          for (int i = 0; i < s.live; i++) {
            for (int j : s.positives(i)) {
              List<Integer> negatives = s.negatives(i);
              if (j < i || negatives.isEmpty()) {
                continue;
              }
              int count = negatives.size();
              double[] exponents = new double[2 * count];
              for (int k = 0; k < count; k++) {
                exponents[k] = margin - s.score[i][negatives.get(k)];
                exponents[count + k] = margin - s.score[j][negatives.get(k)];
              }
              double log = logSum(exponents);
              double hinge = Math.max(0, s.score[i][j] + log);
              s.tuple(hinge * hinge / 2);
              s.slope[i][j] += hinge;
              for (int k = 0; k < count; k++) {
                s.slope[i][negatives.get(k)] -= hinge * Math.exp(exponents[k] - log);
                s.slope[j][negatives.get(k)] -= hinge * Math.exp(exponents[count + k] - log);
              }
            }
          }
        });
  }

  static PlainLoss angularTriplet(double alpha, Reduction reduction) {
    double t = Math.pow(Math.tan(Math.toRadians(alpha)), 2);
    return new PlainLoss(
        Distance.SQUARED_EUCLIDEAN,
        reduction,
        s -> {
          for (int a = 0; a < s.live; a++) {
            for (int p : s.positives(a)) {
              for (int n : s.negatives(a)) {
                double toCentre = (2 * s.score[a][n] + 2 * s.score[p][n] - s.score[a][p]) / 4;
                double inside = s.score[a][p] - 4 * t * toCentre;
                s.tuple(Math.max(0, inside));
                if (inside > 0) {
                  s.slope[a][p] += 1 + t;
                  s.slope[a][n] -= 2 * t;
                  s.slope[p][n] -= 2 * t;
                }
              }
            }
          }
        });
  }

  /** Wang et al. 2017, every ordered pair of a batch. */
  public static PlainLoss angular(double alpha, Reduction reduction) {
    return new PlainLoss(
        Similarity.DOT,
        reduction,
        s -> {
          for (int a = 0; a < s.live; a++) {
            List<Integer> negatives = s.negatives(a);
            for (int p : s.positives(a)) {
              if (!negatives.isEmpty()) {
                angularPair(s, a, p, negatives, alpha);
              }
            }
          }
        });
  }

  private static void angularPair(Sums s, int a, int p, List<Integer> negatives, double alpha) {
    double t = Math.pow(Math.tan(Math.toRadians(alpha)), 2);
    double[] exponents = new double[negatives.size() + 1];
    for (int k = 0; k < negatives.size(); k++) {
      int n = negatives.get(k);
      exponents[k] = 4 * t * (s.score[a][n] + s.score[p][n]) - 2 * (1 + t) * s.score[a][p];
    }
    double log = logSum(exponents);
    s.tuple(log);
    for (int k = 0; k < negatives.size(); k++) {
      double share = Math.exp(exponents[k] - log);
      s.slope[a][negatives.get(k)] += 4 * t * share;
      s.slope[p][negatives.get(k)] += 4 * t * share;
      s.slope[a][p] -= 2 * (1 + t) * share;
    }
  }

  /** The first two rows of each label that has two. */
  private static List<int[]> pairs(Sums s) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < s.all(); i++) {
      int before = 0;
      int first = -1;
      for (int j = 0; j < i; j++) {
        if (s.same(i, j)) {
          first = first < 0 ? j : first;
          before++;
        }
      }
      if (before == 1) {
        pairs.add(new int[] {first, i});
      }
    }
    return pairs;
  }

  static PlainLoss nPair(Reduction reduction) {
    return new PlainLoss(
        Similarity.DOT,
        reduction,
        s -> {
          List<int[]> pairs = pairs(s);
          for (int[] own : pairs) {
            double[] exponents =
                pairs.stream().mapToDouble(other -> s.score[own[0]][other[1]]).toArray();
            double log = logSum(exponents);
            if (pairs.size() > 1) {
              s.tuple(log - s.score[own[0]][own[1]]);
              for (int k = 0; k < exponents.length; k++) {
                s.slope[own[0]][pairs.get(k)[1]] += Math.exp(exponents[k] - log);
              }
              s.slope[own[0]][own[1]] -= 1;
            }
          }
        });
  }

  static PlainLoss angularNPair(double alpha, boolean both, Reduction reduction) {
    return new PlainLoss(
        Similarity.DOT,
        reduction,
        s -> {
          List<int[]> pairs = pairs(s);
          for (int[] own : pairs) {
            List<Integer> negatives = new ArrayList<>();
            for (int[] other : pairs) {
              if (other != own) {
                negatives.add(other[1]);
                if (both) {
                  negatives.add(other[0]);
                }
              }
            }
            if (!negatives.isEmpty()) {
              angularPair(s, own[0], own[1], negatives, alpha);
            }
          }
        });
  }
}
