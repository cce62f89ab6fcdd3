package dev.doppel;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.Serializable;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CoreRulesTest {

  private static final JavaClasses CORE = HouseRules.classesIn("dev.doppel", 90);

  static final List<ArchRule> RULES = HouseRules.OF_A_LIBRARY;

  @ParameterizedTest
  @FieldSource("RULES")
  void coreKeepsTheHouseRules(ArchRule rule) {
    rule.check(CORE);
  }

  @Test
  void onlyTheDownloadOpensSockets() {
    HouseRules.onlyClassesNamedOpenSockets("Download").check(CORE);
  }

  @Test
  void eachPackageUsesOnlyThoseBelowIt() {
    LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
    layers = layer(layers, "error");
    layers = layer(layers, "random");
    layers = layer(layers, "image", "error", "random");
    layers = layer(layers, "augment", "image", "error", "random");
    layers = layer(layers, "data", "image", "error", "random");
    layers = layer(layers, "episode", "data", "image", "error", "random");
    layers = layer(layers, "eval", "augment", "episode", "data", "image", "error", "random");
    layers = layer(layers, "baseline", "eval", "image", "error");
    layers = layer(layers, "network", "error");
    layers = layer(layers, "model", "eval", "episode", "augment", "image", "error");
    layers = layer(layers, "loss", "model", "random", "error");
    layers = layer(layers, "option", "error");
    layers = layer(layers, "fewshot", "model", "eval", "image", "option", "error");
    layers = layer(layers, "search", "random", "error");
    layers = layer(layers, "gallery", "search", "model", "error");
    layers =
        layers
            .layer("front door")
            .definedBy("dev.doppel")
            .whereLayer("front door")
            .mayOnlyAccessLayers("gallery", "model", "image", "error")
            .whereLayer("front door")
            .mayNotBeAccessedByAnyLayer();
    layers.check(CORE);
  }

  private static LayeredArchitecture layer(
      LayeredArchitecture layers, String name, String... below) {
    LayeredArchitecture with = layers.layer(name).definedBy("dev.doppel." + name + "..");
    return below.length == 0
        ? with.whereLayer(name).mayNotAccessAnyLayer()
        : with.whereLayer(name).mayOnlyAccessLayers(below);
  }

  /** Everything a rule forbids, in one class. */
  @SuppressWarnings({"unused", "SystemOut", "serial"})
  private static final class SinHelper implements Serializable {
    private static final Logger LOG = Logger.getLogger("sin");

    void sin() throws java.io.IOException {
      System.out.println(java.net.URI.create("http://127.0.0.1").toURL().openStream());
    }
  }

  @Test
  void theRulesFindWhatTheyForbid() {
    JavaClasses sins = new ClassFileImporter().importClasses(SinHelper.class);
    for (ArchRule rule :
        List.of(
            HouseRules.NOBODY_PRINTS,
            HouseRules.NO_JAVA_UTIL_LOGGING,
            HouseRules.NOTHING_IS_SERIALIZED,
            HouseRules.NAMES_SAY_WHAT_THINGS_ARE,
            HouseRules.onlyClassesNamedOpenSockets("Download"))) {
      assertThat(rule.evaluate(sins).hasViolation()).as(rule.getDescription()).isTrue();
    }
  }

  @Test
  void tooFewClassesAreNoPass() {
    assertThatThrownBy(() -> HouseRules.classesIn("dev.doppel.nothing", 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("found 0 classes");
  }
}
