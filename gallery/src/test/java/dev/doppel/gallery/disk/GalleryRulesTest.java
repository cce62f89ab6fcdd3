package dev.doppel.gallery.disk;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.doppel.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GalleryRulesTest {

  private static final JavaClasses DISK = HouseRules.classesIn("dev.doppel.gallery.disk", 12);

  static List<ArchRule> rules() {
    return HouseRules.OF_A_LIBRARY;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theHouseRulesHold(ArchRule rule) {
    rule.check(DISK);
  }

  @Test
  void itOpensNoConnectionsButToItsFile() {
    HouseRules.onlyClassesNamedOpenSockets("Nobody").check(DISK);
  }

  @Test
  void sqliteDoesNotReachTheOutside() {
    ArchRuleDefinition.noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .haveRawReturnType(resideInAPackage("org.sqlite..").or(resideInAPackage("java.sql..")))
        .check(DISK);
  }
}
