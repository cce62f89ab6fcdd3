package dev.doppel.gallery.disk;

import dev.doppel.gallery.Enrolment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens a gallery for writing, enrols a label, says so and waits until its input ends. */
final class HoldingProcess {

  private HoldingProcess() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    try (DiskGallery gallery = DiskGallery.open(Path.of(arguments[0]), Access.WRITE)) {
      gallery.enrol(
          List.of(new Enrolment("held", new float[gallery.model().dim()], Map.of(), null)));
      System.out.println("holding " + ProcessHandle.current().pid());
      System.in.readAllBytes();
    }
  }
}
