package dev.doppel.gallery.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Takes a gallery's lock again and again, and each time adds one to the number in a file. */
final class CountingProcess {

  private CountingProcess() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    Path counter = Path.of(arguments[1]);
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      WriteLock lock = WriteLock.of(Path.of(arguments[0]), Duration.ofMinutes(1));
      int count = Integer.parseInt(Files.readString(counter));
      Files.writeString(counter, Integer.toString(count + 1));
      lock.close();
    }
    System.out.println("counted");
  }
}
