package dev.doppel.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doppel.Golden;
import dev.doppel.model.Embeddings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the golden files, value and gradient, within the tolerances of 32 bits. */
class GoldenLossTest {

  static List<Golden> contrastive() {
    return Golden.cases("contrastive.json");
  }

  static List<Golden> triplet() {
    return Golden.cases("triplet.json");
  }

  static List<Golden> angular() {
    return Golden.cases("angular.json");
  }

  static List<Golden> learning() {
    return Golden.cases("contrastive_learning.json");
  }

  static List<Golden> episodic() {
    return Golden.cases("episodic.json");
  }

  @Test
  void noCaseIsForgotten() {
    assertThat(
            Stream.of(contrastive(), triplet(), angular(), learning(), episodic())
                .mapToInt(List::size))
        .containsExactly(28, 66, 68, 68, 23);
  }

  private static Reduction reduction(Golden golden) {
    String name = golden.options().path("reduction").asText();
    return switch (name) {
      case "sum" -> Reduction.SUM;
      case "mean-active" -> Reduction.MEAN_ACTIVE;
      default -> Reduction.MEAN;
    };
  }

  private static double option(Golden golden, String name) {
    JsonNode option = golden.options().get(name);
    assertThat(option).as(name).isNotNull();
    return option.asDouble();
  }

  private static boolean normalize(Golden golden) {
    return golden.options().path("normalize").asBoolean();
  }

  private static double expected(Golden golden) {
    return golden.expected().get("value").asDouble();
  }

  private static void check(Golden golden, LossResult result) {
    Close.value(result.value(), expected(golden));
    JsonNode gradient = golden.expected().get("gradient");
    Close.gradient(
        result.gradient(),
        Close.flat(gradient.has("embeddings") ? gradient.get("embeddings") : gradient));
    long count = result.gradient().length;
    assertThat(count).isPositive();
  }

  private static LossResult batch(Golden golden, BatchLoss loss) {
    LabelledBatch batch =
        LabelledBatch.of(
            Close.embeddings(golden.inputs().get("embeddings")),
            Close.integers(golden.inputs().get("labels")));
    BatchLoss there = normalize(golden) ? loss.onUnitSphere() : loss;
    LossResult result = there.of(batch, WhenEmpty.COUNT);
    check(golden, result);
    return result;
  }

  @ParameterizedTest
  @MethodSource("contrastive")
  void contrastiveLosses(Golden golden) {
    boolean hadsell = golden.options().get("loss").asText().equals("hadsell");
    if (golden.inputs().has("embeddings")) {
      LossResult result = batch(golden, ContrastiveLoss.withMargin(option(golden, "margin")));
      assertThat(result.counts().selected())
          .isEqualTo(
              golden.expected().get("same_pairs").asLong()
                  + golden.expected().get("different_pairs").asLong());
      return;
    }
    JsonNode first = golden.inputs().get("first");
    JsonNode second = golden.inputs().get("second");
    int pairs = first.size();
    boolean[] same = new boolean[pairs];
    for (int i = 0; i < pairs; i++) {
      same[i] = golden.inputs().get("same").get(i).asBoolean();
    }
    Pairs given =
        new Pairs(
            IntStream.range(0, pairs).toArray(), IntStream.range(pairs, 2 * pairs).toArray(), same);
    Embeddings embeddings = Close.embeddings(first, second);
    LossResult result =
        hadsell
            ? new ContrastiveLoss(
                    Distance.EUCLIDEAN,
                    option(golden, "margin"),
                    PairMiner.all(),
                    reduction(golden))
                .of(embeddings, given, WhenEmpty.REFUSE)
            : new ExponentialContrastiveLoss(option(golden, "q"), reduction(golden))
                .of(embeddings, given, WhenEmpty.REFUSE);
    Close.value(result.value(), expected(golden));
    JsonNode gradient = golden.expected().get("gradient");
    Close.gradient(
        result.gradient(),
        Stream.of(gradient.get("first"), gradient.get("second"))
            .flatMapToDouble(each -> Arrays.stream(Close.flat(each)))
            .toArray());
  }

  private static TripletMiner miner(String mining, double margin) {
    return switch (mining) {
      case "all" -> TripletBand.ALL;
      case "semi-hard" -> TripletBand.semiHard(margin);
      case "semi-hard-nearest" -> new NearestSemiHard(margin);
      case "batch-hard" -> new BatchHard();
      default -> throw new AssertionError(mining);
    };
  }

  /** Anchors, positives and negatives as one matrix, each triplet of its own rows. */
  private static Triplets given(int count) {
    return new Triplets(
        IntStream.range(0, count).toArray(),
        IntStream.range(count, 2 * count).toArray(),
        IntStream.range(2 * count, 3 * count).toArray());
  }

  private static Embeddings givenRows(Golden golden) {
    return Close.embeddings(
        golden.inputs().get("anchors"),
        golden.inputs().get("positives"),
        golden.inputs().get("negatives"));
  }

  private static void checkGiven(Golden golden, LossResult result) {
    Close.value(result.value(), expected(golden));
    JsonNode gradient = golden.expected().get("gradient");
    Close.gradient(
        result.gradient(),
        Stream.of("anchors", "positives", "negatives")
            .flatMapToDouble(each -> Arrays.stream(Close.flat(gradient.get(each))))
            .toArray());
    assertThat(result.counts().active()).isEqualTo(golden.expected().get("active").asLong());
  }

  @ParameterizedTest
  @MethodSource("triplet")
  void tripletLosses(Golden golden) {
    Distance distance =
        Distance.valueOf(
            golden.options().get("distance").asText().replace('-', '_').toUpperCase(Locale.ROOT));
    Hinge hinge = Hinge.valueOf(golden.options().get("hinge").asText().toUpperCase(Locale.ROOT));
    double margin = option(golden, "margin");
    String mining = golden.options().get("mining").asText();
    if (mining.equals("given")) {
      TripletLoss loss =
          new TripletLoss(distance, TripletBand.ALL, margin, hinge, reduction(golden));
      Embeddings rows = givenRows(golden);
      checkGiven(golden, loss.of(rows, given(rows.count() / 3), WhenEmpty.REFUSE));
      return;
    }
    LossResult result =
        batch(
            golden,
            new TripletLoss(distance, miner(mining, margin), margin, hinge, reduction(golden)));
    Counts expected =
        new Counts(
            golden.expected().get("possible").asLong(),
            golden.expected().get("selected").asLong(),
            golden.expected().get("active").asLong());
    if (mining.equals("all") || mining.startsWith("semi")) {
      assertThat(result.counts()).isEqualTo(expected);
    } else {
      assertThat(result.counts().selected()).isEqualTo(expected.selected());
      assertThat(result.counts().active()).isEqualTo(expected.active());
    }
  }

  @ParameterizedTest
  @MethodSource("angular")
  void angularLosses(Golden golden) {
    String name = golden.options().get("loss").asText();
    if (name.equals("angular-hinge")) {
      Embeddings rows = givenRows(golden);
      AngularTripletLoss loss =
          new AngularTripletLoss(option(golden, "alpha_degrees"), Reduction.MEAN);
      checkGiven(golden, loss.of(rows, given(rows.count() / 3), WhenEmpty.REFUSE));
      return;
    }
    if (name.equals("angular-batch")) {
      batch(golden, AngularLoss.withAlpha(option(golden, "alpha_degrees")));
      return;
    }
    BatchLoss loss = nPair(golden, name);
    JsonNode anchors = golden.inputs().get("anchors");
    int pairs = anchors.size();
    LabelledBatch batch =
        LabelledBatch.of(
            Close.embeddings(anchors, golden.inputs().get("positives")),
            IntStream.range(0, 2 * pairs).map(i -> 70 - i % pairs).toArray());
    LossResult result = (normalize(golden) ? loss.onUnitSphere() : loss).of(batch, WhenEmpty.COUNT);
    Close.value(result.value(), expected(golden));
    JsonNode gradient = golden.expected().get("gradient");
    Close.gradient(
        result.gradient(),
        Stream.of("anchors", "positives")
            .flatMapToDouble(each -> Arrays.stream(Close.flat(gradient.get(each))))
            .toArray());
  }

  private static BatchLoss nPair(Golden golden, String name) {
    if (name.equals("n-pair")) {
      return new NPairLoss(golden.options().path("l2").asDouble(0), Reduction.MEAN);
    }
    AngularNPairLoss.Negatives negatives =
        golden.options().get("negatives").asText().startsWith("anchors")
            ? AngularNPairLoss.Negatives.BOTH
            : AngularNPairLoss.Negatives.POSITIVES;
    AngularNPairLoss loss =
        new AngularNPairLoss(option(golden, "alpha_degrees"), negatives, Reduction.MEAN);
    return switch (name) {
      case "angular-n-pair" -> loss;
      case "n-pair-and-angular" -> loss.withNPair(option(golden, "lambda"));
      default -> throw new AssertionError(name);
    };
  }

  @ParameterizedTest
  @MethodSource("learning")
  void lossesOverTheBatchAndWithProxies(Golden golden) {
    switch (golden.options().get("loss").asText()) {
      case "nt-xent" -> batch(golden, NtXentLoss.withTemperature(option(golden, "temperature")));
      case "supervised-contrastive" ->
          batch(golden, SupervisedContrastiveLoss.withTemperature(option(golden, "temperature")));
      case "multi-similarity" -> {
        JsonNode epsilon = golden.options().get("mining_epsilon");
        LossResult result =
            batch(
                golden,
                new MultiSimilarityLoss(
                    Similarity.COSINE,
                    option(golden, "alpha"),
                    option(golden, "beta"),
                    option(golden, "base"),
                    epsilon.isNull()
                        ? PairMiner.all()
                        : new MultiSimilarityMiner(epsilon.asDouble()),
                    Reduction.MEAN));
        assertThat(result.counts().selected())
            .isEqualTo(
                golden.expected().get("positive_pairs").asLong()
                    + golden.expected().get("negative_pairs").asLong());
      }
      case "lifted-structure" -> {
        LossResult result =
            batch(golden, new LiftedStructureLoss(option(golden, "margin"), Reduction.MEAN));
        assertThat(result.counts().active()).isEqualTo(golden.expected().get("active").asLong());
      }
      default -> proxies(golden);
    }
  }

  private static void proxies(Golden golden) {
    ProxyLoss loss =
        switch (golden.options().get("loss").asText()) {
          case "arcface" ->
              new ClassifierLoss(
                  option(golden, "scale"),
                  new AngleMargin.Angular(
                      option(golden, "margin_radians"),
                      !golden.options().get("beyond_pi").asText().equals("cos(theta + m)")));
          case "cosface" ->
              ClassifierLoss.cosFace(option(golden, "scale"), option(golden, "margin"));
          case "normalized-softmax" ->
              ClassifierLoss.normalisedSoftmax(option(golden, "temperature"));
          case "proxy-anchor" ->
              new ProxyAnchorLoss(option(golden, "margin"), option(golden, "alpha"));
          default -> throw new AssertionError(golden.options());
        };
    String learned = golden.inputs().has("weights") ? "weights" : "proxies";
    ProxyLoss.ProxyResult result =
        loss.of(
            Close.embeddings(golden.inputs().get("embeddings")),
            Close.integers(golden.inputs().get("labels")),
            Close.embeddings(golden.inputs().get(learned)));
    check(golden, result.loss());
    Close.gradient(
        result.proxyGradient(), Close.flat(golden.expected().get("gradient").get(learned)));
  }

  @ParameterizedTest
  @MethodSource("episodic")
  void episodes(Golden golden) {
    EpisodeLoss loss =
        golden.options().get("loss").asText().equals("prototypical")
            ? PrototypicalLoss.paper()
            : MatchingLoss.withScale(option(golden, "scale"));
    EpisodeResult result =
        loss.of(
            Close.embeddings(golden.inputs().get("support")),
            Close.integers(golden.inputs().get("support_labels")),
            Close.embeddings(golden.inputs().get("query")),
            Close.integers(golden.inputs().get("query_labels")),
            WhenEmpty.COUNT);
    Close.value(result.loss().value(), expected(golden));
    JsonNode gradient = golden.expected().get("gradient");
    Close.gradient(result.supportGradient(), Close.flat(gradient.get("support")));
    Close.gradient(result.loss().gradient(), Close.flat(gradient.get("query")));
    assertThat(result.classes()).isEqualTo(Close.integers(golden.expected().get("classes")));
    double[][] probabilities = Golden.matrix(golden.expected().get("probabilities"));
    for (int q = 0; q < probabilities.length; q++) {
      assertThat(result.probabilities()[q])
          .containsExactly(probabilities[q], org.assertj.core.data.Offset.offset(1e-4));
    }
    boolean ties = golden.name().contains("collapsed");
    if (!ties) {
      assertThat(result.predictions())
          .isEqualTo(Close.integers(golden.expected().get("predicted")));
    }
  }
}
