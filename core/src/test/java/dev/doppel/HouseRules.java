package dev.doppel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.NetworkChannel;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * Rules that hold in every module; each module's test applies those that it needs.
 *
 * <p>{@link #classesIn} refuses to find fewer classes than it is told to, so that no rule passes on
 * nothing.
 */
public final class HouseRules {

  /** Packages may use each other, but never in a circle; a sub-package is a package of its own. */
  public static final ArchRule NO_CYCLES = slices().matching("dev.(**)").should().beFreeOfCycles();

  /** The command line alone prints. */
  public static final ArchRule NOBODY_PRINTS =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  /** Libraries log through {@link System.Logger}. */
  public static final ArchRule NO_JAVA_UTIL_LOGGING =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  /** Throwables and enums cannot help being serializable. */
  public static final ArchRule NOTHING_IS_SERIALIZED =
      noClasses()
          .that(DescribedPredicate.not(assignableTo(Throwable.class)))
          .and()
          .areNotEnums()
          .should()
          .beAssignableTo(Serializable.class)
          .orShould()
          .dependOnClassesThat(
              assignableTo(ObjectInputStream.class).or(assignableTo(ObjectOutputStream.class)));

  /** NullAway checks only what is marked. */
  public static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes()
          .should(
              new ArchCondition<JavaClass>("be in a package marked @NullMarked") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                  events.add(
                      new SimpleConditionEvent(
                          each,
                          each.getPackage().isAnnotatedWith(NullMarked.class),
                          each.getName() + " is in " + each.getPackageName()));
                }
              });

  /** A name that fits anything says nothing. */
  public static final ArchRule NAMES_SAY_WHAT_THINGS_ARE =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  /** Benchmarks look at everything; nothing looks back. */
  public static final ArchRule NOTHING_DEPENDS_ON_BENCH =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.doppel.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.doppel.bench..");

  /** What every library module keeps to. */
  public static final List<ArchRule> OF_A_LIBRARY =
      List.of(
          NO_CYCLES,
          NOBODY_PRINTS,
          NO_JAVA_UTIL_LOGGING,
          NOTHING_IS_SERIALIZED,
          EVERY_PACKAGE_IS_NULL_MARKED,
          NAMES_SAY_WHAT_THINGS_ARE,
          NOTHING_DEPENDS_ON_BENCH);

  private HouseRules() {}

  /** Only classes with this ending of their name may open connections. */
  public static ArchRule onlyClassesNamedOpenSockets(String ending) {
    return noClasses()
        .that(DescribedPredicate.not(simpleNameEndingWith(ending)))
        .should()
        .dependOnClassesThat(
            assignableTo(Socket.class)
                .or(assignableTo(ServerSocket.class))
                .or(assignableTo(NetworkChannel.class))
                .or(assignableTo(HttpURLConnection.class))
                .or(JavaClass.Predicates.resideInAnyPackage("java.net.http..", "javax.net..")))
        .orShould()
        .callMethod(java.net.URL.class, "openStream")
        .orShould()
        .callMethod(java.net.URL.class, "openConnection");
  }

  /**
   * The classes of a package and all below it, without tests.
   *
   * @param atLeast how many there must be
   */
  public static JavaClasses classesIn(String name, int atLeast) {
    JavaClasses found =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(name);
    if (found.size() < atLeast) {
      throw new AssertionError(
          "found %d classes in %s, expected %d or more".formatted(found.size(), name, atLeast));
    }
    return found;
  }
}
