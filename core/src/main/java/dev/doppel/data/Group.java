package dev.doppel.data;

import java.util.List;

/**
 * Classes that belong together (Omniglot: the characters of an alphabet).
 *
 * @param name its name within the data set
 * @param classes its classes, by name
 */
public record Group(String name, List<ImageClass> classes) {

  public Group {
    classes = List.copyOf(classes);
  }
}
