package dev.doppel.eval;

import dev.doppel.data.Sample;
import dev.doppel.image.Image;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Galleries and who asks them, one image to a line of the file: {@code labels,draw,role,image}.
 *
 * @param draws the galleries, in the order asked
 */
public record GalleryList(List<Draw> draws) implements Questions {

  public GalleryList {
    draws = List.copyOf(draws);
  }

  /** What an image is to a gallery. */
  public enum Role {
    /** It is the one example of its label. */
    ENROLLED,
    /** It shows an enrolled class, by another drawer. */
    GENUINE,
    /** It shows a class that is not enrolled. */
    STRANGER
  }

  /**
   * One gallery with its questions.
   *
   * @param labels how many are enrolled
   * @param index of the gallery among those of its size
   * @param enrolled one example of each label
   * @param genuine images of enrolled classes
   * @param strangers images of others
   */
  public record Draw(
      int labels, int index, List<Sample> enrolled, List<Sample> genuine, List<Sample> strangers) {

    public Draw {
      enrolled = List.copyOf(enrolled);
      genuine = List.copyOf(genuine);
      strangers = List.copyOf(strangers);
    }
  }

  /** Every image that occurs, once. */
  public List<Image> images() {
    Set<Image> images = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Image> distinct = new ArrayList<>();
    for (Draw draw : draws) {
      for (List<Sample> samples : List.of(draw.enrolled, draw.genuine, draw.strangers)) {
        samples.stream().map(Sample::image).filter(images::add).forEach(distinct::add);
      }
    }
    return distinct;
  }

  @Override
  public String csv() {
    StringBuilder csv = new StringBuilder(Csv.line(List.of("labels", "draw", "role", "image")));
    for (Draw draw : draws) {
      append(csv, draw, Role.ENROLLED, draw.enrolled);
      append(csv, draw, Role.GENUINE, draw.genuine);
      append(csv, draw, Role.STRANGER, draw.strangers);
    }
    return csv.toString();
  }

  private static void append(StringBuilder csv, Draw draw, Role role, List<Sample> images) {
    String labels = Integer.toString(draw.labels);
    String index = Integer.toString(draw.index);
    String name = role.name().toLowerCase(Locale.ROOT);
    for (Sample image : images) {
      csv.append(Csv.line(List.of(labels, index, name, image.id())));
    }
  }
}
