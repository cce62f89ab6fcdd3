package dev.doppel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.error.DataException;
import dev.doppel.error.OptionException;
import dev.doppel.error.Reason;
import dev.doppel.eval.Csv;
import dev.doppel.gallery.Enrolment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the pictures to enrol and their labels come from; each way gives the same list again. */
final class LabelledFiles {

  private static final float[] NO_EMBEDDING = {};

  /**
   * A picture file with what is known of it.
   *
   * @param file its path
   * @param label what it shows
   * @param metadata exact texts to filter by
   */
  record LabelledFile(Path file, String label, Map<String, String> metadata) {

    /**
     * @throws OptionException if the label or the metadata cannot be kept
     */
    LabelledFile {
      Enrolment.of(label, NO_EMBEDDING, metadata); // as a gallery would refuse it, but now
      metadata = Map.copyOf(metadata);
    }
  }

  private LabelledFiles() {}

  /** All files of some words under one label. */
  static List<LabelledFile> under(String label, List<String> words, Map<String, String> metadata) {
    return PictureFiles.of(words).stream()
        .map(file -> new LabelledFile(file, label, metadata))
        .toList();
  }

  /**
   * A folder of class folders: each picture under the path of its folder.
   *
   * @throws DataException if a picture lies outside of the class folders
   */
  static List<LabelledFile> classFolders(Path folder, Map<String, String> metadata) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder + (Files.exists(folder) ? " is no folder" : ": there is no such folder"),
          "It holds a folder for each thing, named as its label, with pictures of it",
          "Check its name");
    }
    List<LabelledFile> files = new ArrayList<>();
    for (Path file : PictureFiles.in(folder)) {
      Path label = folder.relativize(file).getParent();
      if (label == null) {
        throw new DataException(
            file + " lies in no class folder",
            "A picture's label is the name of its folder below " + folder,
            "Move it into one, or enrol it alone: doppel enroll LABEL " + file);
      }
      files.add(new LabelledFile(file, label.toString().replace('\\', '/'), metadata));
    }
    return files;
  }

  /**
   * A table with the columns {@code file} and {@code label}, and one more for each key of metadata;
   * an empty cell there says nothing. Paths are relative to the table's folder.
   *
   * @throws DataException if it cannot be read or a row does not fit
   */
  static List<LabelledFile> table(Path csv, Map<String, String> metadata) {
    List<List<String>> rows = rows(csv);
    List<String> head = rows.isEmpty() ? List.of() : rows.get(0);
    int file = head.indexOf("file");
    int label = head.indexOf("label");
    if (file < 0 || label < 0 || head.stream().distinct().count() < head.size()) {
      throw new DataException(
          "%s begins with the columns %s".formatted(csv, head),
          "Columns are named in the first line, each once; file and label must be there, and every"
              + " other is metadata",
          "Write a first line such as file,label,colour");
    }
    for (String key : metadata.keySet()) {
      if (head.contains(key)) {
        throw new OptionException(
            "--meta " + key + ", which is also a column of " + csv,
            "A key has one value",
            "Leave one of the two out");
      }
    }
    List<LabelledFile> files = new ArrayList<>();
    for (int line = 1; line < rows.size(); line++) {
      List<String> row = rows.get(line);
      if (row.size() == 1 && row.get(0).isBlank()) {
        continue;
      }
      if (row.size() != head.size()) {
        throw new DataException(
            "%s, row %d: %d cells".formatted(csv, line + 1, row.size()),
            "The first line names %d columns".formatted(head.size()),
            "Quote a cell that holds a comma: \"red, mostly\"");
      }
      Map<String, String> known = new LinkedHashMap<>(metadata);
      for (int i = 0; i < head.size(); i++) {
        if (i != file && i != label && !row.get(i).isEmpty()) {
          known.put(head.get(i), row.get(i));
        }
      }
      Path path = csv.resolveSibling(row.get(file));
      try {
        files.add(new LabelledFile(path, row.get(label), known));
      } catch (OptionException e) {
        throw new DataException(
            "%s, row %d: %s".formatted(csv, line + 1, e.given()),
            "Labels and metadata are short texts without control characters",
            "Correct the row",
            e);
      }
    }
    if (files.isEmpty()) {
      throw new DataException(
          csv + " names no picture", "Each line after the first does", "Add some");
    }
    return files;
  }

  private static List<List<String>> rows(Path csv) {
    try {
      String text = Files.readString(csv, UTF_8);
      return Csv.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (IOException e) {
      throw new DataException(
          csv + " cannot be read (" + Reason.of(e) + ")",
          "A table of comma-separated values in UTF-8 is expected",
          "Check its name and that you may read it",
          e);
    }
  }
}
