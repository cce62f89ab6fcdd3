package dev.doppel.eval;

import dev.doppel.data.Sample;
import dev.doppel.eval.GalleryList.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * How an image scored against a gallery.
 *
 * @param query the image
 * @param genuine whether it shows an enrolled class
 * @param right whether the closest label is its class; never for a stranger
 * @param closest scores of the closest labels, falling, ten at most
 */
record OpenSetReply(Sample query, boolean genuine, boolean right, double[] closest) {

  /** Labels that compete for the probability. */
  private static final int RIVALS = 10;

  /** All questions to a gallery. */
  static List<OpenSetReply> to(Draw draw, Examiner examiner) {
    int[] gallery = examiner.places(draw.enrolled());
    List<OpenSetReply> replies = new ArrayList<>();
    for (Sample query : draw.genuine()) {
      replies.add(to(draw, gallery, query, true, examiner));
    }
    for (Sample query : draw.strangers()) {
      replies.add(to(draw, gallery, query, false, examiner));
    }
    return replies;
  }

  private static OpenSetReply to(
      Draw draw, int[] gallery, Sample query, boolean genuine, Examiner examiner) {
    double[] scores = examiner.scores(query, gallery);
    double[] closest = new double[Math.min(RIVALS, scores.length)];
    int count = 0;
    int best = 0;
    for (int i = 0; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
      if (count == closest.length && scores[i] <= closest[count - 1]) {
        continue;
      }
      int at = count < closest.length ? count++ : count - 1;
      while (at > 0 && closest[at - 1] < scores[i]) {
        closest[at] = closest[at - 1];
        at--;
      }
      closest[at] = scores[i];
    }
    return new OpenSetReply(
        query, genuine, genuine && draw.enrolled().get(best).sameClass(query), closest);
  }
}
