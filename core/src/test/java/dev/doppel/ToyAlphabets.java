package dev.doppel;

import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.ImageClass;
import dev.doppel.data.Sample;
import dev.doppel.image.Bitmap;
import java.util.ArrayList;
import java.util.List;

/** Tiny data sets whose images spell out their group, class and drawer in bits. */
public final class ToyAlphabets {

  private static final int SIDE = 8;

  private ToyAlphabets() {}

  /** Groups of as many classes as the list says, each with one image by each drawer. */
  public static Dataset of(int drawers, int... classes) {
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < classes.length; g++) {
      String group = "alphabet%02d".formatted(g);
      List<ImageClass> members = new ArrayList<>();
      for (int c = 0; c < classes[g]; c++) {
        String name = "character%02d".formatted(c);
        List<Sample> samples = new ArrayList<>();
        for (int d = 1; d <= drawers; d++) {
          samples.add(new Sample(group, name, d, image(g, c, d)));
        }
        members.add(new ImageClass(group, name, samples));
      }
      groups.add(new Group(group, members));
    }
    return new Dataset("toy", true, groups);
  }

  /** The first row holds the group, the second the class, the third the drawer, in binary. */
  private static Bitmap image(int group, int member, int drawer) {
    Bitmap.Builder sheet = new Bitmap.Builder(SIDE, SIDE);
    int[] rows = {group, member, drawer};
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < SIDE; x++) {
        if ((rows[y] >> x & 1) != 0) {
          sheet.ink(x, y);
        }
      }
    }
    return sheet.build();
  }

  /** What a row of {@link #image} says. */
  public static int read(dev.doppel.image.Image image, int row) {
    int value = 0;
    for (int x = 0; x < SIDE; x++) {
      value |= image.sample(x, row, 0) == 0 ? 1 << x : 0;
    }
    return value;
  }
}
