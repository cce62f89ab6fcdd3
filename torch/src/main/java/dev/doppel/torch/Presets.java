package dev.doppel.torch;

import dev.doppel.augment.KochDistortion;
import dev.doppel.error.OptionException;
import dev.doppel.network.ResidualNet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Training plans with names. */
public final class Presets {

  private static final Map<String, TrainingPlan> PLANS = new LinkedHashMap<>();

  static {
    add(
        new TrainingPlan(
            "everyday",
            ResidualNet.small(),
            Initialisation.HE,
            new CosineSoftmaxOptions(24, 0.2, 0, 4),
            new AdamWOptions(3e-3, 0.05, 0.05),
            KochDistortion.PAPER,
            128,
            20,
            9_600,
            0.998,
            320,
            0,
            false,
            Precision.AUTO,
            1));
  }

  private Presets() {}

  private static void add(TrainingPlan plan) {
    PLANS.put(plan.preset(), plan);
  }

  /**
   * The plan of a name.
   *
   * @throws OptionException if there is none
   */
  public static TrainingPlan named(String name) {
    TrainingPlan plan = PLANS.get(name);
    if (plan == null) {
      throw OptionException.unknown("preset", name, PLANS.keySet());
    }
    return plan;
  }

  /** The names of all plans. */
  public static List<String> names() {
    return List.copyOf(PLANS.keySet());
  }
}
