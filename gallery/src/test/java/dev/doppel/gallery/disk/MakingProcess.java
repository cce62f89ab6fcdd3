package dev.doppel.gallery.disk;

import dev.doppel.gallery.ToyRows;
import dev.doppel.model.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Once a file "go" is there, makes a gallery or opens it, and enrols a label. */
final class MakingProcess {

  private MakingProcess() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    ToyRows.stamp(new Head.Cosine());
    System.out.println("ready");
    while (!Files.exists(file.resolveSibling("go"))) {
      Thread.sleep(1);
    }
    try (DiskGallery gallery = DiskGallery.openOrCreate(file, ToyRows.stamp(new Head.Cosine()))) {
      gallery.enrol(List.of(ToyRows.enrolment("a", ProcessHandle.current().pid())));
    }
    System.out.println("enrolled");
  }
}
