package dev.doppel.torch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.doppel.HouseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TorchRulesTest {

  private static final JavaClasses TORCH = HouseRules.classesIn("dev.doppel.torch", 30);

  static java.util.List<ArchRule> rules() {
    return HouseRules.OF_A_LIBRARY;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theHouseRulesHold(ArchRule rule) {
    rule.check(TORCH);
  }

  @Test
  void libtorchDoesNotReachTheOutside() {
    ArchRuleDefinition.noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .haveRawReturnType(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                "org.bytedeco.."))
        .check(TORCH);
  }
}
