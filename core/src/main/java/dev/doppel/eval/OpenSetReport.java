package dev.doppel.eval;

import dev.doppel.eval.AnswerRule.Ruling;
import dev.doppel.eval.AnswerRule.Said;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What {@link OpenSet} found out.
 *
 * @param protocol its name
 * @param model name of the matcher that answered, with its fingerprint
 * @param data where the questions came from
 * @param synthetic whether a program drew that data
 * @param draws galleries of each size
 * @param seed seed of the draws
 * @param rows by gallery size, then by rate
 * @param reliabilities by gallery size
 */
public record OpenSetReport(
    String protocol,
    String model,
    String data,
    boolean synthetic,
    int draws,
    long seed,
    List<Row> rows,
    List<Reliability> reliabilities) {

  public OpenSetReport {
    rows = List.copyOf(rows);
    reliabilities = List.copyOf(reliabilities);
  }

  /**
   * One gallery size at one threshold.
   *
   * @param labels how many are enrolled
   * @param allowed the share of strangers that the threshold was set for
   * @param threshold the score from which a label is accepted
   * @param falseAccepts strangers that reached it
   * @param trueAccepts images of enrolled things that reached it with the right label closest
   * @param wrong images of enrolled things that reached it with a wrong label closest
   * @param rankOne images of enrolled things whose label was closest, whatever the score
   * @param strangers what was said of strangers
   * @param genuine what was said of the others
   */
  public record Row(
      int labels,
      double allowed,
      double threshold,
      Rate falseAccepts,
      Rate trueAccepts,
      Rate wrong,
      Rate rankOne,
      Shares strangers,
      Shares genuine) {}

  /**
   * A share of questions.
   *
   * @param share 0 to 1
   * @param interval 95 %, see {@link #rate}
   * @param questions how many were asked
   */
  public record Rate(double share, Interval interval, int questions) {}

  /**
   * What was said, in shares.
   *
   * @param known of questions
   * @param unsure of questions
   * @param unknown of questions
   */
  public record Shares(double known, double unsure, double unknown) {}

  static Row row(List<OpenSetReply> replies, int labels, double allowed, AnswerRule rule) {
    double threshold = rule.threshold(allowed, labels);
    Predicate<OpenSetReply> accepted = each -> each.closest()[0] >= threshold;
    return new Row(
        labels,
        allowed,
        threshold,
        rate(replies, false, accepted),
        rate(replies, true, accepted.and(OpenSetReply::right)),
        rate(replies, true, accepted.and(each -> !each.right())),
        rate(replies, true, OpenSetReply::right),
        shares(replies, false, labels, allowed, rule),
        shares(replies, true, labels, allowed, rule));
  }

  /**
   * A share with its interval. Draws share images, and images of a group resemble each other, so
   * groups are what is sampled: the interval is Student's of a ratio over the groups that asked,
   * and never narrower than Wilson's over as many trials as there are different images.
   */
  private static Rate rate(
      List<OpenSetReply> replies, boolean genuine, Predicate<OpenSetReply> hit) {
    Map<String, int[]> groups = new LinkedHashMap<>();
    int hits = 0;
    int all = 0;
    for (OpenSetReply reply : replies) {
      if (reply.genuine() == genuine) {
        int[] counts = groups.computeIfAbsent(reply.query().group(), name -> new int[2]);
        int one = hit.test(reply) ? 1 : 0;
        counts[0] += one;
        counts[1]++;
        hits += one;
        all++;
      }
    }
    double share = (double) hits / all;
    int distinct =
        (int)
            replies.stream()
                .filter(reply -> reply.genuine() == genuine)
                .map(OpenSetReply::query)
                .distinct()
                .count();
    Interval interval = Interval.wilson(share * distinct, distinct);
    int count = groups.size();
    if (count > 1) {
      double squares = 0;
      for (int[] counts : groups.values()) {
        double beyond = counts[0] - share * counts[1];
        squares += beyond * beyond;
      }
      double error = Math.sqrt(squares * count / (count - 1)) / all;
      double half = Interval.studentT(count - 1) * error;
      interval = interval.covering(new Interval(share - half, share + half));
    }
    return new Rate(share, interval, all);
  }

  private static Shares shares(
      List<OpenSetReply> replies, boolean genuine, int labels, double allowed, AnswerRule rule) {
    Map<Said, Integer> counts = new EnumMap<>(Said.class);
    int all = 0;
    for (OpenSetReply reply : replies) {
      if (reply.genuine() == genuine) {
        counts.merge(rule.rule(reply.closest(), allowed, labels).said(), 1, Integer::sum);
        all++;
      }
    }
    return new Shares(
        counts.getOrDefault(Said.KNOWN, 0) / (double) all,
        counts.getOrDefault(Said.UNSURE, 0) / (double) all,
        counts.getOrDefault(Said.UNKNOWN, 0) / (double) all);
  }

  static Reliability reliability(List<OpenSetReply> replies, int labels, AnswerRule rule) {
    long genuine = replies.stream().filter(OpenSetReply::genuine).count();
    double[][] sums = new double[10][3];
    for (OpenSetReply reply : replies) {
      Ruling ruling = rule.rule(reply.closest(), 0.01, labels);
      double weight = 0.5 / (reply.genuine() ? genuine : replies.size() - genuine);
      double[] bin = sums[Reliability.tenth(ruling.probability())];
      bin[0] += weight;
      bin[1] += weight * ruling.probability();
      bin[2] += reply.right() ? weight : 0;
    }
    List<Reliability.Bin> bins = new ArrayList<>();
    for (double[] sum : sums) {
      if (sum[0] > 0) {
        bins.add(new Reliability.Bin(sum[0], sum[1] / sum[0], sum[2] / sum[0]));
      }
    }
    return new Reliability(labels, bins);
  }
}
