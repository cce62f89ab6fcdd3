package dev.doppel.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.ToyAlphabets;
import dev.doppel.data.Dataset;
import dev.doppel.data.Sample;
import dev.doppel.error.OptionException;
import dev.doppel.random.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskSamplerTest {

  private static final Dataset DATA = ToyAlphabets.of(5, 3, 6, 7);

  private static TaskSampler sampler(EpisodeShape shape, long seed) {
    return new TaskSampler(DATA, shape, 2, Seed.of(seed));
  }

  @Test
  void noImageIsBothExampleAndQueryAndClassesAreDistinct() {
    for (EpisodeShape shape : List.of(EpisodeShape.within(5, 3), EpisodeShape.across(5, 3))) {
      for (int index = 0; index < 200; index++) {
        TaskSampler.Task task = sampler(shape, 1).task(index);
        Set<String> seen = new HashSet<>();
        Set<String> classes = new HashSet<>();
        Set<String> groups = new HashSet<>();
        for (int way = 0; way < 5; way++) {
          assertThat(task.support().get(way)).hasSize(3);
          assertThat(task.queries().get(way)).hasSize(2);
          Sample first = task.support().get(way).get(0);
          classes.add(first.group() + first.className());
          groups.add(first.group());
          task.support().get(way).forEach(sample -> seen.add(sample.id()));
          task.queries().get(way).forEach(sample -> seen.add(sample.id()));
          assertThat(task.queries().get(way)).allMatch(first::sameClass);
        }
        assertThat(seen).hasSize(25);
        assertThat(classes).hasSize(5);
        if (shape.scope() == EpisodeShape.Scope.WITHIN) {
          assertThat(groups).hasSize(1).doesNotContain("alphabet00"); // which has 3 classes
        }
      }
    }
  }

  @Test
  void aTaskDependsOnItsAddressAlone() {
    EpisodeShape shape = EpisodeShape.across(4, 1);
    TaskSampler sampler = sampler(shape, 1);
    TaskSampler.Task seventh = sampler.task(7);
    sampler.task(3);

    assertThat(sampler.task(7)).isEqualTo(seventh).isEqualTo(sampler(shape, 1).task(7));
    assertThat(sampler.task(8)).isNotEqualTo(seventh);
    assertThat(sampler(shape, 2).task(7)).isNotEqualTo(seventh);
  }

  @Test
  void whatTheDataCannotSupplyIsRefused() {
    assertThatThrownBy(() -> sampler(EpisodeShape.within(8, 1), 1))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("They need 8 classes of 3 images");
    assertThatThrownBy(() -> sampler(EpisodeShape.across(4, 4), 1))
        .isInstanceOf(OptionException.class);
  }
}
