package dev.doppel.eval;

import dev.doppel.augment.Harm;
import dev.doppel.data.Sample;
import dev.doppel.episode.Trial;
import dev.doppel.random.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Koch's trials with queries that came to harm, and supports that did not: one point of a
 * robustness curve.
 *
 * <p>What chance does to an image depends on the seed, the kind and the image alone, not on the
 * level: a curve shows one drawing under more and more of the same. Accuracies of all levels are of
 * the same trials, and {@link McNemar} may compare them.
 *
 * @param trials the trials as they would be
 * @param harm what happens to the queries
 * @param level how much of it
 */
public record Robustness(Koch400 trials, Harm harm, double level) implements Protocol {

  public Robustness {
    harm.check(level);
  }

  /** {@code koch400, query rotation 10°}. */
  @Override
  public String name() {
    return "%s, query %s %s".formatted(trials.name(), harm.text(), harm.text(level));
  }

  @Override
  public TrialList questions() {
    return new TrialList(drawn().stream().flatMap(List::stream).toList());
  }

  /** The trials of all draws; a query that comes again is the same image again. */
  private List<List<Trial>> drawn() {
    Map<String, Sample> harmed = new HashMap<>();
    List<List<Trial>> draws = new ArrayList<>();
    for (int i = 0; i < trials.draws(); i++) {
      draws.add(
          trials.draw(i).stream()
              .map(
                  trial ->
                      new Trial(
                          harmed.computeIfAbsent(trial.query().id(), id -> harm(trial.query())),
                          trial.support(),
                          trial.answer()))
              .toList());
    }
    return draws;
  }

  private Sample harm(Sample query) {
    Seed address = Seed.of(trials.seed()).at("robustness").at(harm.text()).at(query.id());
    return new Sample(
        query.group(),
        query.className(),
        query.drawer(),
        harm.of(query.image(), level, address.draws()));
  }

  @Override
  public Evaluation run(Matcher matcher) {
    Evaluation found = trials.run(matcher, drawn()::get).called(name());
    Map<String, Double> figures = new LinkedHashMap<>(found.figures());
    figures.put("level", level);
    return new Evaluation(found.score(), figures, found.outcomes());
  }
}
