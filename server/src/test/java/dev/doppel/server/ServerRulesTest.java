package dev.doppel.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.doppel.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ServerRulesTest {

  private static final JavaClasses SERVER = HouseRules.classesIn("dev.doppel.server", 50);

  static final List<ArchRule> RULES = HouseRules.OF_A_LIBRARY;

  @ParameterizedTest
  @FieldSource("RULES")
  void theHouseRulesHold(ArchRule rule) {
    rule.check(SERVER);
  }

  @Test
  void nothingHereConnectsToAnywhere() {
    HouseRules.onlyClassesNamedOpenSockets("Nobody").check(SERVER);
  }

  @Test
  void eachPackageUsesOnlyThoseBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("error")
        .definedBy("dev.doppel.server.error")
        .layer("guard")
        .definedBy("dev.doppel.server.guard")
        .layer("embed")
        .definedBy("dev.doppel.server.embed")
        .layer("metrics")
        .definedBy("dev.doppel.server.metrics")
        .layer("store")
        .definedBy("dev.doppel.server.store")
        .layer("http")
        .definedBy("dev.doppel.server.http")
        .layer("api")
        .definedBy("dev.doppel.server.api")
        .whereLayer("error")
        .mayNotAccessAnyLayer()
        .whereLayer("guard")
        .mayOnlyAccessLayers("error")
        .whereLayer("embed")
        .mayOnlyAccessLayers("error")
        .whereLayer("metrics")
        .mayOnlyAccessLayers("embed")
        .whereLayer("store")
        .mayOnlyAccessLayers("error")
        .whereLayer("http")
        .mayOnlyAccessLayers("error", "guard", "embed", "metrics")
        .whereLayer("api")
        .mayOnlyAccessLayers("error", "guard", "embed", "metrics", "store", "http")
        .check(SERVER);
  }
}
