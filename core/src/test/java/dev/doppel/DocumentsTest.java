package dev.doppel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents speak of the code as it is: a type that was renamed is renamed there too. */
class DocumentsTest {

  private static final Path ROOT = Path.of("..");

  /** A capital and at least one small letter, perhaps of an outer type: {@code Head.Cosine}. */
  private static final Pattern TYPE =
      Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.([A-Z][A-Za-z0-9]*))?`");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

  private static final Pattern PACKAGE = Pattern.compile("`([a-z]+(?:\\.[a-z]+)*)`");

  @ParameterizedTest
  @CsvSource({"docs/architecture.md, 60", "docs/glossary.md, 30", "README.md, 2"})
  void everyTypeNamedInADocumentExists(Path document, int atLeast) throws IOException {
    Map<String, String> sources = sources();
    Set<String> named = new TreeSet<>();
    Set<String> missing = new TreeSet<>();
    Matcher matcher = TYPE.matcher(Files.readString(ROOT.resolve(document)));
    while (matcher.find()) {
      String inner = matcher.group(2);
      String source = sources.get(matcher.group(1));
      named.add(matcher.group(1));
      if (source == null || (inner != null && !declares(source, inner))) {
        missing.add(matcher.group());
      }
    }

    assertThat(missing).as("types of %s that no module has", document).isEmpty();
    assertThat(named).hasSizeGreaterThanOrEqualTo(atLeast);
  }

  private static boolean declares(String source, String type) {
    return Pattern.compile("\\b(?:class|record|enum|interface)\\s+" + type + "\\b")
        .matcher(source)
        .find();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "CHANGELOG.md",
        "docs/architecture.md",
        "docs/decisions.md",
        "docs/glossary.md",
        "docs/pictures/README.md"
      })
  void everyLinkToAFileLeadsSomewhere(Path document) throws IOException {
    Path file = ROOT.resolve(document);
    String shown = Files.readString(file).replaceAll("(?s)<!--.*?-->", "");
    Set<String> broken = new TreeSet<>();
    Matcher matcher = LINK.matcher(shown);
    while (matcher.find()) {
      String target = matcher.group(1);
      if (!target.startsWith("https://") && !Files.exists(file.resolveSibling(target))) {
        broken.add(target);
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void theMapOfPackagesHasEveryPackage() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher matcher = PACKAGE.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }

    Set<String> packages = new TreeSet<>();
    for (Path root : sourceRoots()) {
      try (Stream<Path> files = Files.walk(root.resolve("dev/doppel"))) {
        files
            .filter(file -> file.endsWith("package-info.java"))
            .map(file -> root.resolve("dev").relativize(file.getParent()))
            .map(folder -> folder.toString().replaceAll("[/\\\\]", "."))
            .map(name -> name.replaceFirst("^doppel\\.", "")) // the front door is `dev.doppel`
            .map(name -> name.equals("doppel") ? "dev.doppel" : name)
            .forEach(packages::add);
      }
    }
    assertThat(packages).hasSizeGreaterThan(15);
    assertThat(named).as("packages in docs/architecture.md").containsAll(packages);
  }

  /** The source of each type that has a file of its own, by name. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (Path root : sourceRoots()) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String name = String.valueOf(file.getFileName()).replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }

  private static List<Path> sourceRoots() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .collect(Collectors.toList());
    }
  }
}
