package dev.doppel.loss;

import dev.doppel.error.OptionException;

/** How a {@link ClassifierLoss} makes the right class harder to reach. */
public sealed interface AngleMargin {

  /** What stands for the own class's cosine. */
  double cosine(double cosine);

  /** Its derivative. */
  double slope(double cosine);

  /** Nothing: normalised softmax (NormFace, Wang et al. 2017). */
  record None() implements AngleMargin {
    @Override
    public double cosine(double cosine) {
      return cosine;
    }

    @Override
    public double slope(double cosine) {
      return 1;
    }
  }

  /**
   * {@code cos θ − m}: CosFace (Wang et al. 2018).
   *
   * @param margin m
   */
  record Additive(double margin) implements AngleMargin {

    public Additive {
      OptionException.require(margin >= 0, "loss.margin", margin, "0 or more");
    }

    @Override
    public double cosine(double cosine) {
      return cosine - margin;
    }

    @Override
    public double slope(double cosine) {
      return 1;
    }
  }

  /**
   * {@code cos(θ + m)}: ArcFace (Deng et al. 2019).
   *
   * @param margin m, in radians
   * @param straightened whether {@code cos θ − m sin m} stands where θ is beyond π − m, as in
   *     implementations; the paper's equation alone rises again there
   */
  record Angular(double margin, boolean straightened) implements AngleMargin {

    /** A sine below has lost its digits; the slope there is that of this one. */
    private static final double LEAST_SINE = 1e-4;

    public Angular {
      OptionException.require(
          margin >= 0 && margin < Math.PI, "loss.margin", margin, "0 or more and below π, radians");
    }

    private boolean beyond(double cosine) {
      return straightened && cosine < -Math.cos(margin);
    }

    @Override
    public double cosine(double cosine) {
      if (beyond(cosine)) {
        return cosine - margin * Math.sin(margin);
      }
      return cosine * Math.cos(margin) - sine(cosine) * Math.sin(margin);
    }

    @Override
    public double slope(double cosine) {
      if (beyond(cosine)) {
        return 1;
      }
      double sine = Math.max(LEAST_SINE, sine(cosine));
      return Math.cos(margin) + cosine / sine * Math.sin(margin);
    }

    private static double sine(double cosine) {
      return Math.sqrt(Math.max(0, 1 - cosine * cosine));
    }
  }
}
