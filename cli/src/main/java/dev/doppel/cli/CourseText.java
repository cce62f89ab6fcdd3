package dev.doppel.cli;

import dev.doppel.torch.History;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a training run went, as people and programs read it. */
final class CourseText {

  private CourseText() {}

  /** What was done: {@code 12 epochs, 115,200 images, 7:58}. */
  static String words(History history) {
    History.Epoch last = last(history);
    return String.format(
        Locale.ROOT,
        "%d epoch%s, %,d images, %s",
        last.epoch(),
        last.epoch() == 1 ? "" : "s",
        last.images(),
        DurationText.clock(Duration.ofMillis((long) (1000 * last.seconds()))));
  }

  /** The same as members of a JSON document. */
  static Map<String, Object> json(History history) {
    History.Epoch last = last(history);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epochs", last.epoch());
    json.put("images", last.images());
    json.put("seconds", last.seconds());
    json.put("loss", last.loss());
    json.put("validation", last.validation());
    json.put("course", history.epochs().stream().map(CourseText::json).toList());
    return json;
  }

  private static Map<String, Object> json(History.Epoch epoch) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", epoch.epoch());
    json.put("images", epoch.images());
    json.put("seconds", epoch.seconds());
    json.put("loss", epoch.loss());
    json.put("validation", epoch.validation());
    return json;
  }

  private static History.Epoch last(History history) {
    return history.epochs().get(history.epochs().size() - 1);
  }
}
