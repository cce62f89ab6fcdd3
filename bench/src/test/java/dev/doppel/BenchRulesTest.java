package dev.doppel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.doppel.bench.KochStepBench;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Outside the package of the benchmarks, so as to be able to break their rule. */
class BenchRulesTest {

  static final Class<?> FORBIDDEN_TO_OTHERS = KochStepBench.class;

  /** Without the classes that JMH writes. */
  private static final JavaClasses ALL =
      HouseRules.classesIn("dev.doppel", 150)
          .that(DescribedPredicate.not(resideInAPackage("..jmh_generated..")));

  static final List<ArchRule> RULES =
      List.of(
          HouseRules.NO_CYCLES,
          HouseRules.NO_JAVA_UTIL_LOGGING,
          HouseRules.EVERY_PACKAGE_IS_NULL_MARKED,
          HouseRules.NAMES_SAY_WHAT_THINGS_ARE,
          HouseRules.NOTHING_DEPENDS_ON_BENCH);

  @ParameterizedTest
  @FieldSource("RULES")
  void theHouseRulesHoldWithBenchmarksInSight(ArchRule rule) {
    assertThat(ALL.contain(FORBIDDEN_TO_OTHERS)).isTrue();
    rule.check(ALL);
  }

  @Test
  void theRuleFindsWhoDependsOnBenchmarks() {
    JavaClasses sinner = new ClassFileImporter().importClasses(BenchRulesTest.class);
    assertThat(HouseRules.NOTHING_DEPENDS_ON_BENCH.evaluate(sinner).hasViolation()).isTrue();
  }

  @Test
  void noOtherModuleAsksForBenchmarks() throws IOException {
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."))) {
      for (Path module : modules) {
        Path pom = module.resolve("pom.xml");
        if (Files.isRegularFile(pom) && !module.endsWith("bench")) {
          others.add(module.getFileName());
          assertThat(pom).content().doesNotContain("doppel-bench");
        }
      }
    }
    assertThat(others).contains(Path.of("core"), Path.of("torch"), Path.of("onnx"), Path.of("cli"));
  }
}
