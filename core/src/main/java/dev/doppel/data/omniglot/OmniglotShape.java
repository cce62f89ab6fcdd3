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
              Alphabet_of_the_Magi 20 dd2661bb
              Anglo-Saxon_Futhorc 29 9bfe0d7e
              Arcadian 26 35684923
              Armenian 41 fd20e503
              Asomtavruli_(Georgian) 40 4287f759
              Balinese 24 576bd4ad
              Bengali 46 412fd065
              Blackfoot_(Canadian_Aboriginal_Syllabics) 14 852b519e
              Braille 26 abc447d5
              Burmese_(Myanmar) 34 54ebf5a3
              Cyrillic 33 197318f3
              Early_Aramaic 22 92ca6c54
              Futurama 26 641257a8
              Grantha 43 ef5af3c7
              Greek 24 ceebdf68
              Gujarati 48 f66346ce
              Hebrew 22 cd051d63
              Inuktitut_(Canadian_Aboriginal_Syllabics) 16 83574bed
              Japanese_(hiragana) 52 638fd57b
              Japanese_(katakana) 47 6fb7c87a
              Korean 40 9778eecc
              Latin 26 706331b4
              Malay_(Jawi_-_Arabic) 40 1d202c28
              Mkhedruli_(Georgian) 41 77f704cf
              N_Ko 33 b67e2f6a
              Ojibwe_(Canadian_Aboriginal_Syllabics) 14 b770bf66
              Sanskrit 42 ee25c466
              Syriac_(Estrangelo) 23 c7315898
              Tagalog 17 372528e4
              Tifinagh 55 a135e057
              """),
          alphabets(
              """
              Angelic 20 0ddbe704
              Atemayar_Qelisayer 26 fe0525a0
              Atlantean 26 ba4d5844
              Aurek-Besh 26 f4ee2c4a
              Avesta 26 b7976aff
              Ge_ez 26 e4745060
              Glagolitic 45 4bc84ccf
              Gurmukhi 45 4c9eed38
              Kannada 41 618e3fa3
              Keble 26 82277a41
              Malayalam 47 81eaca4c
              Manipuri 40 7affa352
              Mongolian 30 be9bc245
              Old_Church_Slavonic_(Cyrillic) 45 a66706dd
              Oriya 46 a0782bd0
              Sylheti 28 4e594fe5
              Syriac_(Serto) 23 087c367f
              Tengwar 25 4780d09e
              Tibetan 42 c0538cc2
              ULOG 26 3a1d2bdb
              """),
          Omniglot.DRAWERS,
          20,
          20,
          "ee16dc499bac9c3c");

  /**
   * The published set without what is learned from: all that protocols need, read in half the time.
   */
  static final OmniglotShape WITHOUT_BACKGROUND =
      new OmniglotShape(
          List.of(), PUBLISHED.evaluation, Omniglot.DRAWERS, 20, 20, "4ed96240c1d63eba");

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
