package dev.doppel.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.doppel");

  @Test
  void onlyThisModuleKnowsOnnx() {
    assertThat(OURS.size()).isGreaterThan(40);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.doppel.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..", "ai.onnx..", "com.google.protobuf..")
        .check(OURS);
  }

  @Test
  void thisModuleUsesNothingElse() {
    classes()
        .that()
        .resideInAPackage("dev.doppel.onnx..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.doppel..",
            "ai.onnxruntime..",
            "ai.onnx.proto..",
            "com.google.protobuf..",
            "com.fasterxml.jackson.core..",
            "org.jspecify.annotations..",
            "java..")
        .check(OURS);
  }

  @Test
  void readingNeedsNoProtobuf() {
    noClasses()
        .that()
        .doNotHaveSimpleName("GraphWriter")
        .and()
        .doNotHaveSimpleName("ModelProtos")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..")
        .check(OURS);
  }

  @Test
  void libtorchIsNotOnTheClassPath() {
    assertThatThrownBy(() -> Class.forName("org.bytedeco.pytorch.Tensor"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
