package dev.doppel.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.doppel.HouseRules;
import java.io.FileDescriptor;
import org.junit.jupiter.api.Test;

/** Who may use what, over all modules at once. */
class ModuleRulesTest {

  private static final JavaClasses ALL = HouseRules.classesIn("dev.doppel", 180);

  @Test
  void onlyTheCommandLinePrints() {
    HouseRules.NOBODY_PRINTS.check(ALL); // not even there by way of System
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.doppel.cli.Console")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(FileDescriptor.class)
        .check(ALL);
  }

  @Test
  void onlyTorchKnowsLibtorch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.doppel.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(ALL);
  }

  @Test
  void onlyOnnxKnowsOnnxRuntimeAndItsProtobuf() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.doppel.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..", "ai.onnx..", "com.google.protobuf..")
        .check(ALL);
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.doppel.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(ALL);
  }

  @Test
  void modulesStandInOrder() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("core")
        .definedBy(
            JavaClass.Predicates.resideOutsideOfPackages(
                "dev.doppel.simd..",
                "dev.doppel.onnx..",
                "dev.doppel.gallery.disk..",
                "dev.doppel.server..",
                "dev.doppel.torch..",
                "dev.doppel.cli.."))
        .layer("simd")
        .definedBy("dev.doppel.simd..")
        .layer("onnx")
        .definedBy("dev.doppel.onnx..")
        .layer("gallery")
        .definedBy("dev.doppel.gallery.disk..")
        .layer("server")
        .definedBy("dev.doppel.server..")
        .layer("torch")
        .definedBy("dev.doppel.torch..")
        .layer("cli")
        .definedBy("dev.doppel.cli..")
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("simd")
        .mayOnlyAccessLayers("core")
        .whereLayer("onnx")
        .mayOnlyAccessLayers("core")
        .whereLayer("gallery")
        .mayOnlyAccessLayers("core")
        .whereLayer("server")
        .mayOnlyAccessLayers("core", "gallery")
        .whereLayer("torch")
        .mayOnlyAccessLayers("core")
        .whereLayer("cli")
        .mayOnlyAccessLayers("core", "onnx", "gallery", "server", "torch")
        .check(ALL);
  }

  @Test
  void onlyTheGalleryOnDiskKnowsSqlite() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.doppel.gallery.disk..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.sqlite..", "java.sql..", "javax.sql..")
        .check(ALL);
  }

  @Test
  void whatOnlyRecognisesDoesNotLeadToTorch() {
    noClasses()
        .that()
        .haveSimpleName("EvaluateCommand")
        .or()
        .haveSimpleName("VerifyCommand")
        .or()
        .haveSimpleNameStartingWith("Data")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.doppel.torch..")
        .check(ALL);
  }
}
