package dev.doppel.cli;

import dev.doppel.error.DataException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a file is to be written after long work, looked at before it. */
final class ModelPlace {

  private ModelPlace() {}

  /**
   * Refuses a place that cannot take a file in the end.
   *
   * @param what is written, as in "The model"
   * @throws DataException if its folder is missing or closed, or something else than a file is
   *     there: a device would be replaced by a file
   */
  static void check(String what, Path out) {
    Path folder = out.toAbsolutePath().getParent();
    if (Files.isDirectory(out) || folder == null) {
      throw new DataException(
          what + " cannot be written to " + out + ", which is a folder",
          "It is one file",
          "Name a file, such as --out " + out.resolve("model.onnx"));
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new DataException(
          what + " cannot be written to " + out,
          "It needs a folder that exists and may be written to",
          "Make the folder, or choose another with --out");
    }
    if (Files.exists(out) && !Files.isRegularFile(out)) {
      throw new DataException(
          what + " cannot be written to " + out + ", which is a pipe or a device",
          "It is a file on a disk, which replaces what is at its place",
          "Name a file, such as --out model.onnx");
    }
  }
}
