package dev.doppel.cli.results;

/** The tables of the results page, in their order. */
public enum Section {
  ONE_SHOT(
      "One of 20 within an alphabet, from one example each",
      """
      Koch's table 2 and Lake's. Ours are the 400 questions of Lake's 20 runs, the same for
      everybody; Koch drew his own 400 from the same ten alphabets. One question is 0.25 points.
      Koch's nets have his layers and his score; how they learn is ours (decisions 16 and 82).
      """),
  DRAWN(
      "The same, drawn anew",
      """
      Koch's way of drawing 400 such questions from the ten alphabets of Lake's runs, the mean of
      many draws. They are harder than Lake's own: other drawers, and one of them, the 18th of
      Ge'ez, wrote Latin letters and question marks in place of what he was shown. Nobody can
      answer most questions about him, so that all of them right would be about 97; *legible* leaves
      him out. Other draws are other questions: compare rows of as many draws (decision 88).
      """),
  VERIFICATION(
      "Same or different?",
      """
      Koch's table 1 and Shyam's table 2. Ours: Koch's split, threshold from validation pairs.
      The figure depends on where different pairs come from: the same alphabet is harder. Koch
      does not print how his were drawn; Shyam's are from the same alphabet, of other ten
      alphabets, and by all drawers.
      """),
  TRANSFER(
      "Ten digits, from one example each, by what was learned from Omniglot",
      """
      Koch's table 3: MNIST's test images, no fine-tuning unless said otherwise.
      """),
  ACROSS_5_1("Across alphabets: one of 5, from one example each", Section.VINYALS),
  ACROSS_5_5("Across alphabets: one of 5, from five examples each", Section.VINYALS),
  ACROSS_20_1("Across alphabets: one of 20, from one example each", Section.VINYALS),
  ACROSS_20_5("Across alphabets: one of 20, from five examples each", Section.VINYALS),
  ALPHABETS(
      "What more alphabets teach",
      """
      The network of `./doppel demo` after 96,000 images of some of the background alphabets: the
      mean over seeds, each of which draws its own alphabets. `koch400`, 50 draws a model; the
      interval is that of the mean over seeds, and of three seeds it is wide. In so few images ten
      alphabets teach what thirty do; where they part in longer trainings was not measured.
      """),
  CHOICES(
      "What each choice is worth",
      """
      One choice changed at a time, all else alike: the mean over seeds of `koch400`, 50 draws a
      model, on the ten validation alphabets, by which choices are made. The interval is that of
      the mean over seeds. Each model learned from 96,000 images, in some three minutes; more
      classes, as turns make them, pay only in longer trainings (decision 83).
      """),
  OPEN_SET(
      "Strangers among the questions",
      """
      Galleries with one example a label, asked about enrolled characters and about strangers;
      thresholds set before on other alphabets, to let in 1 % of strangers. Nobody else printed
      these. *Strangers let in* is better the lower. All by the threshold alone; what is
      less likely right than not is unsure all the same, which keeps some more of both back.
      """);

  private static final String VINYALS =
      """
      Vinyals' split: 1,200 characters to learn from, 423 to ask about, of all alphabets at once,
      which is easier than within one. Which ones he does not print. Ours are of the evaluation
      alphabets, the ten by which settings are chosen among them (decision 78).
      """;

  private final String title;
  private final String text;

  Section(String title, String text) {
    this.title = title;
    this.text = text;
  }

  /** The heading. */
  public String title() {
    return title;
  }

  /** What is to be known of it, as Markdown. */
  public String text() {
    return text;
  }
}
