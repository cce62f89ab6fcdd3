package dev.doppel.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names in order, each with a number. Immutable: a change copies one block and the list of blocks.
 */
final class SortedNames {

  private static final int MAX_BLOCK = 512;

  private static final SortedNames NONE = new SortedNames(new Block[0], 0);

  /** Some names in order, at least one. */
  private record Block(String[] names, int[] numbers) {

    Block with(int at, String name, int number) {
      String[] moreNames = Arrays.copyOf(names, names.length + 1);
      int[] moreNumbers = Arrays.copyOf(numbers, numbers.length + 1);
      System.arraycopy(names, at, moreNames, at + 1, names.length - at);
      System.arraycopy(numbers, at, moreNumbers, at + 1, numbers.length - at);
      moreNames[at] = name;
      moreNumbers[at] = number;
      return new Block(moreNames, moreNumbers);
    }

    Block without(int at) {
      String[] fewerNames = Arrays.copyOf(names, names.length - 1);
      int[] fewerNumbers = Arrays.copyOf(numbers, numbers.length - 1);
      System.arraycopy(names, at + 1, fewerNames, at, names.length - at - 1);
      System.arraycopy(numbers, at + 1, fewerNumbers, at, numbers.length - at - 1);
      return new Block(fewerNames, fewerNumbers);
    }

    Block part(int from, int to) {
      return new Block(Arrays.copyOfRange(names, from, to), Arrays.copyOfRange(numbers, from, to));
    }
  }

  private final Block[] blocks;
  private final int count;

  private SortedNames(Block[] blocks, int count) {
    this.blocks = blocks;
    this.count = count;
  }

  static SortedNames none() {
    return NONE;
  }

  int count() {
    return count;
  }

  /** A name's number, or −1. */
  int find(String name) {
    if (count == 0) {
      return -1;
    }
    Block block = blocks[blockOf(name)];
    int at = Arrays.binarySearch(block.names, name);
    return at < 0 ? -1 : block.numbers[at];
  }

  /** The block where a name is or would be. */
  private int blockOf(String name) {
    int low = 0;
    int high = blocks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks[middle].names[0].compareTo(name) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** These and others that are none of these. */
  SortedNames with(Map<String, Integer> others) {
    if (others.size() > count / 16) {
      return merged(new TreeMap<>(others));
    }
    SortedNames all = this;
    for (Map.Entry<String, Integer> each : others.entrySet()) {
      all = all.with(each.getKey(), each.getValue());
    }
    return all;
  }

  private SortedNames merged(SortedMap<String, Integer> others) {
    String[] names = new String[count + others.size()];
    int[] numbers = new int[names.length];
    int filled = 0;
    int block = 0;
    int at = 0;
    for (Map.Entry<String, Integer> other : others.entrySet()) {
      while (block < blocks.length && blocks[block].names[at].compareTo(other.getKey()) < 0) {
        names[filled] = blocks[block].names[at];
        numbers[filled++] = blocks[block].numbers[at];
        if (++at == blocks[block].names.length) {
          at = 0;
          block++;
        }
      }
      names[filled] = other.getKey();
      numbers[filled++] = other.getValue();
    }
    for (; block < blocks.length; block++, at = 0) {
      for (; at < blocks[block].names.length; at++) {
        names[filled] = blocks[block].names[at];
        numbers[filled++] = blocks[block].numbers[at];
      }
    }
    return cut(new Block(names, numbers));
  }

  private static SortedNames cut(Block all) {
    List<Block> blocks = new ArrayList<>();
    int size = MAX_BLOCK / 2;
    for (int from = 0; from < all.names.length; from += size) {
      blocks.add(all.part(from, Math.min(all.names.length, from + size)));
    }
    return new SortedNames(blocks.toArray(new Block[0]), all.names.length);
  }

  SortedNames with(String name, int number) {
    if (count == 0) {
      return new SortedNames(new Block[] {new Block(new String[] {name}, new int[] {number})}, 1);
    }
    int index = blockOf(name);
    int at = -1 - Arrays.binarySearch(blocks[index].names, name);
    Block more = blocks[index].with(at, name, number);
    if (more.names.length <= MAX_BLOCK) {
      return replaced(index, count + 1, more);
    }
    int half = more.names.length / 2;
    return replaced(index, count + 1, more.part(0, half), more.part(half, more.names.length));
  }

  SortedNames without(String name) {
    int index = blockOf(name);
    Block block = blocks[index];
    int at = Arrays.binarySearch(block.names, name);
    return block.names.length == 1
        ? replaced(index, count - 1)
        : replaced(index, count - 1, block.without(at));
  }

  private SortedNames replaced(int index, int size, Block... by) {
    Block[] all = new Block[blocks.length - 1 + by.length];
    System.arraycopy(blocks, 0, all, 0, index);
    System.arraycopy(by, 0, all, index, by.length);
    System.arraycopy(blocks, index + 1, all, index + by.length, blocks.length - index - 1);
    return new SortedNames(all, size);
  }

  /** Numbers in the order of their names. */
  final class Walk {
    private int block;
    private int at;

    /** Begins with the first name beyond {@code after}. */
    Walk(String after) {
      if (count > 0) {
        block = blockOf(after);
        int found = Arrays.binarySearch(blocks[block].names, after);
        at = found < 0 ? -1 - found : found + 1;
        settle();
      }
    }

    boolean hasNext() {
      return block < blocks.length;
    }

    int next() {
      int number = blocks[block].numbers[at++];
      settle();
      return number;
    }

    private void settle() {
      if (at == blocks[block].names.length) {
        block++;
        at = 0;
      }
    }
  }

  /** Up to so many names whose order is next to a name's, on both sides of it. */
  List<String> around(String name, int most) {
    List<String> near = new ArrayList<>();
    if (count == 0) {
      return near;
    }
    int middle = blockOf(name);
    for (int i = Math.max(0, middle - 1); i < Math.min(blocks.length, middle + 2); i++) {
      near.addAll(Arrays.asList(blocks[i].names));
    }
    int at = Collections.binarySearch(near, name);
    int from = Math.max(0, (at < 0 ? -1 - at : at) - most / 2);
    return near.subList(from, Math.min(near.size(), from + most));
  }

  long bytes() {
    return 8L * count; // the texts are counted by who made them
  }
}
