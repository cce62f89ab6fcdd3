package dev.doppel.eval;

import dev.doppel.data.Sample;
import dev.doppel.episode.Trial;
import dev.doppel.error.DataException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trials of one shape, one to a line of the file: {@code answer,query,way0,way1,…}, and with
 * several shots {@code way0shot0,way0shot1,…}.
 *
 * <p>The answer is the index of the right way, from 0. Images are named by {@link Sample#id()}.
 *
 * @param trials the trials, in the order asked
 */
public record TrialList(List<Trial> trials) implements Questions {

  public TrialList {
    trials = List.copyOf(trials);
    if (trials.stream().map(TrialList::shape).distinct().count() != 1) {
      throw new IllegalArgumentException("a list needs trials, all of as many ways and shots");
    }
  }

  private static List<Integer> shape(Trial trial) {
    return trial.support().stream().map(List::size).toList();
  }

  @Override
  public String csv() {
    StringBuilder csv = new StringBuilder(Csv.line(head()));
    for (Trial trial : trials) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(trial.answer()));
      cells.add(trial.query().id());
      trial.support().forEach(way -> way.forEach(shot -> cells.add(shot.id())));
      csv.append(Csv.line(cells));
    }
    return csv.toString();
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(List.of("answer", "query"));
    List<Integer> shots = shape(trials.get(0));
    for (int way = 0; way < shots.size(); way++) {
      for (int shot = 0; shot < shots.get(way); shot++) {
        head.add("way" + way + (shots.get(way) == 1 ? "" : "shot" + shot));
      }
    }
    return head;
  }

  /**
   * Reads a list back.
   *
   * @param file as {@link #write} left it
   * @param images where the named images are found
   * @throws DataException if the file is no such list, or names an image that is not there
   */
  public static TrialList read(Path file, Stream<Sample> images) {
    Map<String, Sample> byId = new HashMap<>();
    images.forEach(sample -> byId.put(sample.id(), sample));
    List<List<String>> lines = lines(file);
    List<String> head = lines.isEmpty() ? List.of() : lines.get(0);
    if (lines.size() < 2
        || head.size() < 4
        || !head.subList(0, 2).equals(List.of("answer", "query"))) {
      throw wrong(file, "does not begin with answer,query,way0,way1 and a trial", null);
    }
    List<Trial> trials = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      try {
        trials.add(trial(head, lines.get(i), byId));
      } catch (IllegalArgumentException e) {
        throw wrong(file, "line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return new TrialList(trials);
  }

  private static List<List<String>> lines(Path file) {
    try {
      return Csv.parse(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw wrong(file, "is not a text in UTF-8", e);
    } catch (IOException e) {
      throw wrong(file, "cannot be read (" + Reason.of(e) + ")", e);
    }
  }

  private static Trial trial(List<String> head, List<String> cells, Map<String, Sample> byId) {
    if (cells.size() != head.size()) {
      throw new IllegalArgumentException(cells.size() + " cells under " + head.size() + " heads");
    }
    List<List<Sample>> support = new ArrayList<>();
    for (int i = 2; i < cells.size(); i++) {
      if (!head.get(i).contains("shot") || head.get(i).endsWith("shot0")) {
        support.add(new ArrayList<>());
      }
      support.get(support.size() - 1).add(find(cells.get(i), byId));
    }
    return new Trial(find(cells.get(1), byId), support, Integer.parseInt(cells.get(0)));
  }

  private static Sample find(String id, Map<String, Sample> byId) {
    Sample sample = byId.get(id);
    if (sample == null) {
      throw new IllegalArgumentException("there is no image " + id);
    }
    return sample;
  }

  private static DataException wrong(
      Path file, String what, @org.jspecify.annotations.Nullable Exception cause) {
    String given = "The list of trials " + file + " " + what;
    String allowed = "It should be a list that Doppel wrote, of images of this data set";
    String next = "Write it again, or give the data set it was made from";
    return cause == null
        ? new DataException(given, allowed, next)
        : new DataException(given, allowed, next, cause);
  }
}
