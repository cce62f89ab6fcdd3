package dev.doppel.simd;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.doppel.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SimdRulesTest {

  private static final JavaClasses SIMD = HouseRules.classesIn("dev.doppel.simd", 5);

  static final List<ArchRule> RULES = HouseRules.OF_A_LIBRARY;

  @ParameterizedTest
  @FieldSource("RULES")
  void theHouseRulesHold(ArchRule rule) {
    rule.check(SIMD);
  }

  @Test
  void onlyTheDoorIsPublic() {
    ArchRuleDefinition.classes()
        .that()
        .doNotHaveSimpleName("VectorKernels")
        .should()
        .notBePublic()
        .check(SIMD);
  }
}
