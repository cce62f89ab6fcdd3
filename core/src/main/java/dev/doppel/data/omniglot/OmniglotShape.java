package dev.doppel.data.omniglot;

import java.util.List;

/**
 * What a whole set holds: which alphabets with how many characters, and what they hash to.
 *
 * @param background alphabets to learn from, sorted by name
 * @param evaluation alphabets to test on, sorted by name
 * @param drawers images of each character, numbered from 1
 * @param runs one-shot runs
 * @param ways classes, and items, of each run
 * @param fingerprint of the whole, or empty if any content will do
 */
record OmniglotShape(
    List<Alphabet> background,
    List<Alphabet> evaluation,
    int drawers,
    int runs,
    int ways,
    String fingerprint) {

  /**
   * One alphabet.
   *
   * @param digest the first eight hexadecimal digits of its images' hash
   */
  record Alphabet(String name, int characters, String digest) {}

  /** The set as published. The hashes are those of decoded images: containers differ. */
  static final OmniglotShape PUBLISHED =
      new OmniglotShape(
          alphabets(
              """
              Alphabet_of_the_Magi 20 74defa0e
              Anglo-Saxon_Futhorc 29 aff6cd4f
              Arcadian 26 8565df86
              Armenian 41 936ac3e0
              Asomtavruli_(Georgian) 40 f475d890
              Balinese 24 57980c7d
              Bengali 46 db0ae15a
              Blackfoot_(Canadian_Aboriginal_Syllabics) 14 f7e533a8
              Braille 26 84676852
              Burmese_(Myanmar) 34 7d18bbd1
              Cyrillic 33 0d805411
              Early_Aramaic 22 a0764b4d
              Futurama 26 dc4c6b5a
              Grantha 43 e940062c
              Greek 24 83dd5efc
              Gujarati 48 34fc4543
              Hebrew 22 e40aed9e
              Inuktitut_(Canadian_Aboriginal_Syllabics) 16 7578ce89
              Japanese_(hiragana) 52 d1885226
              Japanese_(katakana) 47 aa093e43
              Korean 40 2e58fc3b
              Latin 26 5fbbd163
              Malay_(Jawi_-_Arabic) 40 fb2f66da
              Mkhedruli_(Georgian) 41 c3138c4b
              N_Ko 33 bd1fd6fb
              Ojibwe_(Canadian_Aboriginal_Syllabics) 14 54c84e55
              Sanskrit 42 de0bba53
              Syriac_(Estrangelo) 23 1a68295c
              Tagalog 17 a52b354a
              Tifinagh 55 1c5346ff
              """),
          alphabets(
              """
              Angelic 20 67363b9c
              Atemayar_Qelisayer 26 be8bea2b
              Atlantean 26 bebafec5
              Aurek-Besh 26 01fd24e8
              Avesta 26 7f152027
              Ge_ez 26 0b0d204d
              Glagolitic 45 6580294a
              Gurmukhi 45 31a5924d
              Kannada 41 d6209890
              Keble 26 00b1c5e7
              Malayalam 47 b92b4bb7
              Manipuri 40 72b4fb23
              Mongolian 30 f3bd08da
              Old_Church_Slavonic_(Cyrillic) 45 0ef543b9
              Oriya 46 820fc4b8
              Sylheti 28 9bf6f757
              Syriac_(Serto) 23 408ef345
              Tengwar 25 b68b652e
              Tibetan 42 35980d9c
              ULOG 26 576cbb39
              """),
          Omniglot.DRAWERS,
          20,
          20,
          "c5452d687a0b23bd");

  OmniglotShape {
    background = List.copyOf(background);
    evaluation = List.copyOf(evaluation);
  }

  /** Such as "30 alphabets of 964 characters". */
  static String count(List<Alphabet> alphabets) {
    int characters = alphabets.stream().mapToInt(Alphabet::characters).sum();
    return alphabets.size() + " alphabets of " + characters + " characters";
  }

  private static List<Alphabet> alphabets(String table) {
    return table
        .lines()
        .map(line -> line.strip().split(" ", -1))
        .map(field -> new Alphabet(field[0], Integer.parseInt(field[1]), field[2]))
        .toList();
  }
}
