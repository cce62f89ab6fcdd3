package dev.doppel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.episode.EpisodeShape.Scope;
import dev.doppel.error.OptionException;
import dev.doppel.eval.GalleryList.Draw;
import dev.doppel.image.Image;
import dev.doppel.random.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenSetTest {

  private static final Dataset ASKED = ToyAlphabets.of(6, 30, 40, 50);
  private static final Dataset NOTHING = new Dataset("nothing", true, List.of());

  /** Accepts from a score, surely. */
  private record From(double score) implements AnswerRule {

    @Override
    public double threshold(double falseAccepts, int labels) {
      return score;
    }

    @Override
    public Ruling rule(double[] closest, double falseAccepts, int labels) {
      boolean known = closest[0] >= score;
      return new Ruling(known ? Said.KNOWN : Said.UNKNOWN, known ? 1 : 0);
    }
  }

  private static OpenSet of(int labels, int draws) {
    return new OpenSet(ASKED, NOTHING, List.of(labels), List.of(0.01), Scope.ACROSS, draws, 1);
  }

  @Test
  void whoKnowsAllLetsNoStrangerIn() {
    OpenSetReport report = of(20, 5).run(ToyMatcher.oracle(), new From(0.5));

    OpenSetReport.Row row = report.rows().get(0);
    assertThat(row.falseAccepts().share()).isZero();
    assertThat(row.falseAccepts().questions()).isEqualTo(5 * 2 * 100);
    assertThat(row.trueAccepts().share()).isEqualTo(1);
    assertThat(row.trueAccepts().questions()).isEqualTo(5 * 2 * 20);
    assertThat(row.wrong().share()).isZero();
    assertThat(row.rankOne().share()).isEqualTo(1);
    assertThat(row.strangers()).isEqualTo(new OpenSetReport.Shares(0, 0, 1));
    assertThat(row.genuine()).isEqualTo(new OpenSetReport.Shares(1, 0, 0));
    assertThat(report.reliabilities().get(0).error()).isZero();
    assertThat(report.synthetic()).isTrue();
  }

  @Test
  void chanceIsLetInAsOftenAsItsScoresSay() {
    // Uniform scores: one of 20 labels reaches 0.999 with probability 1 − 0.999^20 = 1.98 %.
    OpenSetReport.Row row = of(20, 40).run(ToyMatcher.random(3), new From(0.999)).rows().get(0);

    assertThat(row.falseAccepts().share()).isCloseTo(0.0198, within(0.005));
    assertThat(row.falseAccepts().interval().low()).isLessThan(0.0198);
    assertThat(row.falseAccepts().interval().high()).isGreaterThan(0.0198);
    assertThat(row.rankOne().share()).isCloseTo(0.05, within(0.03));
  }

  @Test
  void questionsAreOfOtherImagesAndStrangersOfOtherClasses() {
    for (Draw draw : of(25, 4).questions().draws()) {
      Set<String> enrolled = new HashSet<>();
      draw.enrolled().forEach(each -> enrolled.add(each.group() + "/" + each.className()));

      assertThat(enrolled).hasSize(25);
      assertThat(draw.genuine()).hasSize(50).doesNotContainAnyElementsOf(draw.enrolled());
      assertThat(draw.genuine())
          .allMatch(each -> enrolled.contains(each.group() + "/" + each.className()));
      assertThat(draw.strangers())
          .hasSize(2 * 95)
          .noneMatch(each -> enrolled.contains(each.group() + "/" + each.className()));
    }
  }

  @Test
  void largeGalleriesAreFilledUpWithWhatIsNeverAsked() {
    Dataset filler =
        new Dataset("filler", true, ToyAlphabets.of(2, 1, 1, 1, 60).groups().subList(3, 4));
    OpenSet protocol = new OpenSet(ASKED, filler, List.of(120), List.of(0.01), Scope.ACROSS, 2, 1);

    for (Draw draw : protocol.questions().draws()) {
      assertThat(draw.enrolled()).hasSize(120);
      assertThat(draw.enrolled()).filteredOn(each -> each.group().equals("alphabet03")).hasSize(50);
      assertThat(draw.strangers()).hasSize(2 * OpenSet.STRANGERS);
      assertThat(draw.strangers()).noneMatch(each -> each.group().equals("alphabet03"));
      assertThat(draw.genuine()).noneMatch(each -> each.group().equals("alphabet03"));
    }
  }

  @Test
  void withinAGroupStrangersAreOfTheGallerysOwn() {
    OpenSet protocol = new OpenSet(ASKED, NOTHING, List.of(35), List.of(0.01), Scope.WITHIN, 4, 1);

    assertThat(protocol.name()).isEqualTo("open-set within");
    for (Draw draw : protocol.questions().draws()) {
      Set<String> groups = new HashSet<>();
      draw.enrolled().forEach(each -> groups.add(each.group()));
      draw.strangers().forEach(each -> groups.add(each.group()));
      assertThat(groups).hasSize(1).doesNotContain("alphabet00"); // which has but 30
    }
  }

  @Test
  void theSeedAloneDecidesWhatIsAsked() {
    assertThat(of(20, 3).questions()).isEqualTo(of(20, 3).questions());
    OpenSet other = new OpenSet(ASKED, NOTHING, List.of(20), List.of(0.01), Scope.ACROSS, 3, 2);
    assertThat(other.questions()).isNotEqualTo(of(20, 3).questions());
    assertThat(of(20, 5).questions().draws().subList(0, 3))
        .isEqualTo(of(20, 3).questions().draws());
  }

  @Test
  void theListOfQuestionsCanBeWritten() {
    GalleryList questions = of(2, 1).questions();

    List<String> lines = questions.csv().lines().toList();
    assertThat(lines.get(0)).isEqualTo("labels,draw,role,image");
    assertThat(lines.get(1)).startsWith("2,0,enrolled,alphabet0");
    assertThat(lines).hasSize(1 + 2 + 4 + 2 * 118);
    assertThat(questions.images()).hasSize(2 + 4 + 2 * 118);
  }

  @Test
  void intervalsCoverThatImagesOfAGroupGoTogether() {
    // Strangers of one group are all let in, those of the others never.
    ToyMatcher group = ToyMatcher.of("group", (a, b) -> ToyAlphabets.read(a, 0) == 0 ? 1 : 0.1);
    OpenSetReport.Row row = of(20, 10).run(group, new From(0.5)).rows().get(0);

    double share = row.falseAccepts().share();
    Interval naive = Interval.wilson(share * 2000, 2000);
    assertThat(share).isBetween(0.2, 0.3);
    assertThat(row.falseAccepts().interval().high() - row.falseAccepts().interval().low())
        .isGreaterThan(5 * (naive.high() - naive.low()));
  }

  @Test
  void galleriesThatLeaveNoStrangerAreRefused() {
    assertThat(of(119, 1).questions().draws().get(0).strangers()).hasSize(2);
    assertThatThrownBy(() -> of(120, 1))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("at most 119");
    assertThatThrownBy(
            () -> new OpenSet(ASKED, NOTHING, List.of(50), List.of(0.01), Scope.WITHIN, 1, 1))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("at most 49 from one group");
    assertThatThrownBy(
            () -> new OpenSet(ASKED, NOTHING, List.of(5), List.of(1.0), Scope.ACROSS, 1, 1))
        .isInstanceOf(OptionException.class);
  }

  @Test
  void theTenClosestAreKeptInOrder() {
    Matcher byNumber =
        ToyMatcher.of("unit", (Image a, Image b) -> Seed.of(b.hashCode()).draws().unit());
    List<Sample> enrolled = of(20, 1).questions().draws().get(0).enrolled();
    Draw draw = new Draw(20, 0, enrolled, List.of(), ASKED.samples().limit(1).toList());
    Examiner examiner =
        Examiner.ofSamples(
            byNumber, java.util.stream.Stream.concat(enrolled.stream(), draw.strangers().stream()));

    double[] closest = OpenSetReply.to(draw, examiner).get(0).closest();

    double[] all =
        enrolled.stream()
            .mapToDouble(each -> -Seed.of(each.image().hashCode()).draws().unit())
            .sorted()
            .map(x -> -x)
            .limit(10)
            .toArray();
    assertThat(closest).containsExactly(all);
  }

  @Test
  void pooledReliabilityWeighsEachAlike() {
    Reliability one = new Reliability(5, List.of(new Reliability.Bin(1, 0.95, 1)));
    Reliability other =
        new Reliability(
            5, List.of(new Reliability.Bin(0.5, 0.2, 0.2), new Reliability.Bin(0.5, 0.95, 0.8)));

    Reliability both = Reliability.pooled(List.of(one, other));
    assertThat(both.bins()).hasSize(2);
    assertThat(both.bins().get(1).share()).isCloseTo(0.75, within(1e-12));
    assertThat(both.bins().get(1).right()).isCloseTo((1 + 0.5 * 0.8) / 1.5, within(1e-12));
    assertThat(both.error()).isCloseTo(0.75 * (0.95 - 1.4 / 1.5), within(1e-12));
  }
}
