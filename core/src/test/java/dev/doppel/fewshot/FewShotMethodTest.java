package dev.doppel.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.doppel.error.OptionException;
import dev.doppel.loss.EpisodeResult;
import dev.doppel.loss.MatchingLoss;
import dev.doppel.loss.PrototypicalLoss;
import dev.doppel.loss.WhenEmpty;
import dev.doppel.model.Embeddings;
import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FewShotMethodTest {

  static List<FewShotMethod> methods() {
    return List.of(
        Prototypical.paper(),
        new Prototypical(Space.COSINE, 3, 10, false),
        new Prototypical(Space.EUCLIDEAN, 0, 10, true),
        Matching.defaults(),
        new Matching(Space.EUCLIDEAN, 4),
        NearestNeighbours.defaults(),
        new NearestNeighbours(Space.EUCLIDEAN, 3),
        RidgeClassifier.defaults(),
        new RidgeClassifier(Space.EUCLIDEAN, 0.3),
        LogisticClassifier.defaults(),
        new LogisticClassifier(Space.COSINE, 0.1, 5));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void classesThatLieApartAreToldApart(FewShotMethod method) {
    assertThat(ToyEpisode.of(3, 5, 5, 20, 16, 0.3).accuracy(method)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theOrderOfExamplesAndOfClassesChangesNothing(FewShotMethod method) {
    ToyEpisode episode = ToyEpisode.of(4, 4, 3, 2, 10, 0.8);
    Draws draws = Seed.of(5).draws();
    int[] names = draws.permutation(4);

    double[][] before = method.scores(episode.support(), episode.queries());
    double[][] after = method.scores(episode.shuffled(draws, names), episode.queries());

    for (int q = 0; q < before.length; q++) {
      for (int c = 0; c < 4; c++) {
        assertThat(after[q][names[c]]).isCloseTo(before[q][c], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void onlyATransductiveMethodCaresAboutTheOtherQueries(FewShotMethod method) {
    ToyEpisode episode = ToyEpisode.of(6, 4, 3, 4, 10, 0.8);

    double[][] together = method.scores(episode.support(), episode.queries());
    double[][] alone =
        method.scores(episode.support(), new Embeddings(10, episode.queries().row(0)));

    boolean same = Math.abs(together[0][0] - alone[0][0]) < 1e-9;
    assertThat(same).isEqualTo(!method.transductive());
    assertThat(method.label().contains("TRANSDUCTIVE")).isEqualTo(method.transductive());
  }

  @Test
  void prototypesAndAttentionAnswerAsTheLossesThatTrainThem() {
    ToyEpisode episode = ToyEpisode.of(7, 4, 3, 2, 10, 0.8);
    EpisodeResult prototypical =
        PrototypicalLoss.paper()
            .of(
                episode.support().rows(),
                episode.support().labels(),
                episode.queries(),
                episode.answers(),
                WhenEmpty.REFUSE);
    EpisodeResult matching =
        MatchingLoss.withScale(10)
            .of(
                episode.support().rows(),
                episode.support().labels(),
                episode.queries(),
                episode.answers(),
                WhenEmpty.REFUSE);

    double[][] distances = Prototypical.paper().scores(episode.support(), episode.queries());
    double[][] attention = Matching.defaults().scores(episode.support(), episode.queries());

    for (int q = 0; q < distances.length; q++) {
      double total = Dense.logSumExp(distances[q]);
      for (int c = 0; c < 4; c++) {
        assertThat(Math.exp(distances[q][c] - total))
            .isCloseTo(prototypical.probabilities()[q][c], within(1e-5));
        assertThat(Math.exp(attention[q][c]))
            .isCloseTo(matching.probabilities()[q][c], within(1e-5));
      }
    }
  }

  @Test
  void withOneExampleOfAClassNearnessIsAllThereIs() {
    ToyEpisode episode = ToyEpisode.of(8, 6, 1, 10, 12, 0.9);
    double nearest = episode.accuracy(new NearestNeighbours(Space.EUCLIDEAN, 1));

    assertThat(episode.accuracy(Prototypical.paper())).isEqualTo(nearest).isLessThan(1);
    assertThat(episode.accuracy(new Matching(Space.EUCLIDEAN, 1))).isEqualTo(nearest);
  }

  @Test
  void unlabelledQueriesMovePrototypesTowardsTheirClasses() {
    double alone = 0;
    double refined = 0;
    for (int seed = 0; seed < 20; seed++) {
      ToyEpisode episode = ToyEpisode.of(seed, 5, 1, 20, 8, 0.6);
      alone += episode.accuracy(Prototypical.paper()) / 20;
      refined += episode.accuracy(new Prototypical(Space.EUCLIDEAN, 5, 10, false)) / 20;
    }
    assertThat(refined).isGreaterThan(alone + 0.02);
  }

  @Test
  void equalVotesAreDecidedByWhoIsCloser() {
    Embeddings rows = new Embeddings(1, new float[] {0, 1, 10, 11});
    SupportSet support = new SupportSet(rows, new int[] {0, 1, 0, 1}, 2);

    double[][] scores =
        new NearestNeighbours(Space.EUCLIDEAN, 2)
            .scores(support, new Embeddings(1, new float[] {0.6f}));

    assertThat(scores[0][1]).isGreaterThan(scores[0][0]);
    assertThat(scores[0][1]).isBetween(1.0, 2.0);
  }

  @Test
  void neighboursGiveTheMeanOfTheirNumbers() {
    Embeddings rows = new Embeddings(1, new float[] {0, 1, 5, 6});
    double[][] targets = {{1, 10}, {3, 20}, {7, 30}, {9, 40}};

    double[][] found =
        new NearestNeighbours(Space.EUCLIDEAN, 2)
            .predict(rows, targets, new Embeddings(1, new float[] {0.4f, 5.6f}));

    assertThat(found).isDeepEqualTo(new double[][] {{2, 15}, {8, 35}});
  }

  @Test
  void aPenaltyCannotBeChosenByLeavingOutAnOnlyExample() {
    ToyEpisode oneShot = ToyEpisode.of(1, 5, 1, 1, 8, 0.3);

    assertThatThrownBy(() -> oneShot.accuracy(RidgeClassifier.defaults()))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("one example of a class");
    assertThatThrownBy(() -> oneShot.accuracy(LogisticClassifier.defaults()))
        .isInstanceOf(OptionException.class);
    assertThat(oneShot.accuracy(new RidgeClassifier(Space.COSINE, 1))).isGreaterThan(0.5);
  }

  @Test
  void methodsAreFoundByNameAndRefusedWithTheNearest() {
    assertThat(FewShotMethods.named("knn", Map.of("neighbours", "3", "space", "euclidean")))
        .isEqualTo(new NearestNeighbours(Space.EUCLIDEAN, 3));
    assertThatThrownBy(() -> FewShotMethods.named("protypical", Map.of()))
        .hasMessageContaining("Did you mean prototypical?");
    assertThatThrownBy(() -> FewShotMethods.named("ridge", Map.of("penalti", "1")))
        .hasMessageContaining("Did you mean penalty?");
    assertThatThrownBy(() -> FewShotMethods.named("ridge", Map.of("penalty", "-1")))
        .isInstanceOf(OptionException.class);
  }
}
