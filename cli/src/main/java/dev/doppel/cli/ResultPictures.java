package dev.doppel.cli;

import dev.doppel.cli.report.CoursePicture;
import dev.doppel.cli.report.EmbeddingMap;
import dev.doppel.cli.report.GroupBars;
import dev.doppel.cli.report.Mistake;
import dev.doppel.cli.report.MistakeStrips;
import dev.doppel.cli.report.ReliabilityPicture;
import dev.doppel.cli.report.RocPicture;
import dev.doppel.cli.report.SpeedPicture;
import dev.doppel.cli.results.Course;
import dev.doppel.cli.results.Figure;
import dev.doppel.cli.results.Reproduced;
import dev.doppel.cli.results.ResultsPage.Picture;
import dev.doppel.cli.results.Row;
import dev.doppel.cli.results.Row.Answering;
import dev.doppel.cli.results.Section;
import dev.doppel.data.Dataset;
import dev.doppel.data.Group;
import dev.doppel.data.Sample;
import dev.doppel.data.omniglot.KochSplit;
import dev.doppel.data.omniglot.Omniglot;
import dev.doppel.eval.Evaluation;
import dev.doppel.eval.Koch400;
import dev.doppel.eval.OpenSetReport;
import dev.doppel.eval.Outcome;
import dev.doppel.eval.Roc;
import dev.doppel.eval.Score;
import dev.doppel.eval.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The pictures of the results page, of one model, from what was measured just now.
 *
 * @param measured by which all rows were measured
 * @param omniglot what was asked about
 * @param rows how they came out
 * @param courses how networks learned that are not shipped, by recipe
 * @param model whose pictures they are
 */
record ResultPictures(
    Remeasuring measured,
    Omniglot omniglot,
    List<Reproduced> rows,
    Map<String, Course> courses,
    String model) {

  private static final int DRAWS = 100;

  /** Curves that can be told apart. */
  private static final int CURVES = 2;

  /** All pictures whose rows were measured. */
  List<Picture> all() {
    List<Picture> pictures = new ArrayList<>();
    speed(pictures);
    course(pictures);
    background(pictures);
    if (!Remeasuring.isShipped(by())) {
      return pictures;
    }
    pictures.add(alphabets());
    Evaluation lake = measured.evaluation("lake20/" + model);
    if (lake != null) {
      pictures.add(mistakes(lake));
    }
    Evaluation within = measured.evaluation("verification-within/" + model);
    Evaluation across = measured.evaluation("verification-across/" + model);
    if (within != null && across != null) {
      pictures.add(roc(within, across));
    }
    OpenSetReport open = measured.reportOf(by());
    if (open != null) {
      pictures.add(reliability(open));
    }
    pictures.add(map());
    return pictures;
  }

  private Answering by() {
    return new Answering(model, "1");
  }

  private void speed(List<Picture> pictures) {
    List<SpeedPicture.Mark> marks = new ArrayList<>();
    for (Reproduced each : rows) {
      Figure figure = each.figure();
      if (each.row().section() == Section.ONE_SHOT && figure != null && figure.millis() > 0) {
        boolean learned = each.row().origin() instanceof Row.Asked a && !a.by().baseline();
        String name = each.row().who().replaceAll("`|, no learning| \\(record mode\\)", "");
        marks.add(new SpeedPicture.Mark(name, figure.millis(), figure.accuracy(), learned));
      }
    }
    if (!marks.isEmpty()) {
      marks.sort(Comparator.comparingDouble(SpeedPicture.Mark::accuracy).reversed());
      pictures.add(
          new Picture(
              "speed.svg",
              "Accuracy on Lake's 400 questions against the time of an image: to embed it, and, where"
                  + " two are bent onto each other or nothing is learned, to compare it with twenty.",
              new SpeedPicture("One of 20, and the time of an image", marks).svg()));
    }
  }

  /** How Koch's net learned. */
  private void course(List<Picture> pictures) {
    Course course = courses.get("koch");
    if (course != null && !course.looks().isEmpty()) {
      List<CoursePicture.Point> points =
          course.looks().stream()
              .map(look -> new CoursePicture.Point(look.images(), look.validation(), null))
              .toList();
      pictures.add(
          new Picture(
              "koch.svg",
              "How Koch's net learned, from scratch: the same 200 questions about the ten validation alphabets at each look.",
              new CoursePicture(
                      "Koch's net, one of 20",
                      "images learned from",
                      List.of(new CoursePicture.Line("validation alphabets", points)))
                  .svg()));
    }
  }

  /** What more alphabets taught. */
  private void background(List<Picture> pictures) {
    List<CoursePicture.Point> test = byAlphabets("koch400/");
    List<CoursePicture.Point> validation = byAlphabets("validation/");
    if (!test.isEmpty() && !validation.isEmpty()) {
      pictures.add(
          new Picture(
              "learned.svg",
              "What more alphabets teach, with the interval of the mean over seeds.",
              new CoursePicture(
                      "One of 20, by what was learned from",
                      "alphabets",
                      List.of(
                          new CoursePicture.Line("the ten of Lake's runs", test),
                          new CoursePicture.Line("the ten others", validation)))
                  .svg()));
    }
  }

  private List<CoursePicture.Point> byAlphabets(String kind) {
    List<CoursePicture.Point> points = new ArrayList<>();
    for (Reproduced each : rows) {
      Figure figure = each.figure();
      if (each.row().section() == Section.ALPHABETS
          && each.row().id().startsWith(kind)
          && figure != null) {
        double count = Double.parseDouble(each.row().who().split(" ", 2)[0]);
        points.add(new CoursePicture.Point(count, figure.accuracy(), figure.interval()));
      }
    }
    return points;
  }

  private Picture alphabets() {
    Dataset test = KochSplit.of(omniglot).test();
    List<GroupBars.Bar> bars = new ArrayList<>();
    for (Group group : test.groups()) {
      Dataset one = test.where(group.name(), each -> each.equals(group));
      Score score = Koch400.standard(one, DRAWS, 1).run(measured.images(by())).score();
      bars.add(new GroupBars.Bar(group.name(), score.accuracy(), score.interval()));
    }
    bars.sort(Comparator.comparingDouble(GroupBars.Bar::accuracy).reversed());
    return new Picture(
        "alphabets.svg",
        "Each of the ten alphabets by itself, Koch's questions, `%s`, %d draws."
            .formatted(model, DRAWS),
        new GroupBars("One of 20, alphabet by alphabet", bars).svg());
  }

  private Picture mistakes(Evaluation lake) {
    List<Mistake> mistakes = new ArrayList<>();
    for (Outcome outcome : lake.mistakes()) {
      if (outcome instanceof Outcome.OfTrial trial) {
        mistakes.add(Mistake.of(trial.trial(), trial.chosen(), trial.margin()));
      }
    }
    return new Picture(
        "mistakes.svg",
        "What `%s` gets wrong of Lake's 400 questions.".formatted(model),
        new MistakeStrips(
                "%d of 400 questions answered wrongly".formatted(mistakes.size()), mistakes)
            .svg());
  }

  private static Picture roc(Evaluation within, Evaluation across) {
    return new Picture(
        "roc.svg",
        "Verification: same pairs accepted at each share of false accepts.",
        new RocPicture(
                List.of(
                    new RocPicture.Curve("different from the same alphabet", roc(within)),
                    new RocPicture.Curve("different from any", roc(across))))
            .svg());
  }

  private static Roc roc(Evaluation verification) {
    List<Scored> pairs = new ArrayList<>();
    for (Outcome outcome : verification.outcomes()) {
      if (outcome instanceof Outcome.OfPair pair) {
        pairs.add(new Scored(pair.score(), pair.pair().relation()));
      }
    }
    return new Roc(pairs);
  }

  private Picture reliability(OpenSetReport open) {
    return new Picture(
        "reliability.svg",
        "How often `%s` is right, by the probability it gives; an honest one lies on the diagonal."
            .formatted(model),
        new ReliabilityPicture(
                open.reliabilities().subList(0, Math.min(CURVES, open.reliabilities().size())))
            .svg());
  }

  /** The smallest of the ten alphabets, by the drawers of Koch's test. */
  private Picture map() {
    Group group =
        KochSplit.of(omniglot).test().groups().stream()
            .min(Comparator.comparingInt(each -> each.classes().size()))
            .orElseThrow();
    List<Sample> samples =
        group.classes().stream().flatMap(each -> each.samples().stream()).toList();
    SeenImages images = measured.images(by());
    String name = group.name().replace('_', ' ');
    return new Picture(
        "map.svg",
        ("%s, four drawings of each character, at the places of their embeddings by `%s`: the two"
                + " directions of most variance, pushed apart. A colour a character.")
            .formatted(name, model),
        new EmbeddingMap(
                name + " as the network sees it",
                samples,
                samples.stream().map(sample -> images.row(sample.image())).toList())
            .svg());
  }
}
