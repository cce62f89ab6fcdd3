package dev.doppel.gallery.disk;

import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.ToyRows;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Changes a gallery without end, and prints each change before it begins and after it was
 * acknowledged, for whoever kills it.
 */
final class CrashingProcess {

  private CrashingProcess() {}

  /** The embedding, metadata and original of an item are told by its number. */
  static Enrolment numbered(long number) {
    return new Enrolment(
        "label" + number,
        ToyRows.row(Seed.of(number)),
        Map.of("number", "" + number),
        new byte[(int) (number % 500)]);
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    long number = Long.parseLong(arguments[1]);
    Draws draws = Seed.of(number).draws();
    DiskGallery gallery = DiskGallery.open(Path.of(arguments[0]), Access.WRITE);
    List<Long> mine = new ArrayList<>();
    while (true) {
      int kind = draws.below(10);
      if (kind < 6 || mine.size() < 5) {
        int count = kind == 0 ? 1 + draws.below(30) : 1;
        out.println("try enrol " + number + " " + count);
        List<Enrolment> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          batch.add(numbered(number + i));
        }
        List<Long> ids = gallery.enrol(batch);
        out.println("done enrol " + ids.get(0));
        number += count;
        mine.addAll(ids);
      } else if (kind < 8) {
        long id = mine.remove(draws.below(mine.size()));
        out.println("try forget " + id);
        gallery.forget(List.of(id));
        out.println("done forget");
      } else {
        long id = mine.get(draws.below(mine.size()));
        String label = gallery.item(id).orElseThrow().label();
        String to = "renamed" + id + "." + draws.below(1 << 30);
        out.println("try rename " + id + " " + to);
        gallery.rename(label, to);
        out.println("done rename");
      }
    }
  }
}
