package dev.doppel.cli.results;

import java.util.Map;
import java.util.TreeMap;

/**
 * How models are trained that are in the tables but not shipped.
 *
 * @param name of their files, {@code NAME-SEED.onnx}
 * @param preset of training
 * @param length {@code --epochs N} or {@code --budget TIME}
 * @param settings that differ from the preset's
 * @param seeds a model for each from 1 to this
 */
public record Recipe(
    String name, String preset, Length length, Map<String, String> settings, int seeds) {

  /**
   * When a run ends.
   *
   * @param option {@code epochs} or {@code budget}
   * @param value of it, as it is typed
   */
  public record Length(String option, String value) {

    /** After so many epochs. */
    public static Length epochs(int count) {
      return new Length("epochs", Integer.toString(count));
    }

    /** After a time, as in {@code 2h}. */
    public static Length budget(String time) {
      return new Length("budget", time);
    }

    /** Whether a clock ends it. */
    public boolean isTime() {
      return option.equals("budget");
    }
  }

  /** The command that trains one of them. */
  public String command() {
    StringBuilder line = new StringBuilder("./doppel train --preset ").append(preset);
    line.append(" --%s %s".formatted(length.option(), length.value()));
    new TreeMap<>(settings)
        .forEach((key, value) -> line.append(" --set %s=%s".formatted(key, value)));
    return line.toString();
  }

  /** The model file of a seed. */
  public String file(int seed) {
    return name + "-" + seed + ".onnx";
  }
}
