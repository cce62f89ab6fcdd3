package dev.doppel.cli;

import dev.doppel.data.folder.FolderReport;
import dev.doppel.data.omniglot.OmniglotReport;
import dev.doppel.data.omniglot.OmniglotSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doppel data check}: is the data set whole, and what is missing or wrong if not? */
@Command(
    name = "check",
    description =
        "Say what is in Omniglot's folder or one of your own, and what is missing or wrong.",
    sortOptions = false)
final class DataCheckCommand implements Callable<Integer> {

  private final Doppel doppel;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Its folder (default: the first of the usual places that has any of it).")
  private @Nullable Path folder;

  DataCheckCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  @Override
  public Integer call() {
    Path own = folder == null ? null : DataOptions.classFolder(folder);
    if (own != null) {
      return tell(FolderReport.of(own));
    }
    OmniglotReport report = OmniglotReport.of(OmniglotSource.here(folder).folder());
    if (doppel.json()) {
      doppel.console().json(json(report));
    } else {
      report.describe().lines().forEach(doppel.console()::print);
    }
    return report.whole() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private int tell(FolderReport report) {
    if (doppel.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", "data check");
      document.put("folder", report.folder().toString());
      document.put("whole", report.whole());
      document.put("fingerprint", report.fingerprint());
      document.put("classes", report.classes().stream().map(DataCheckCommand::json).toList());
      document.put("others", report.others());
      document.put("problems", report.problems());
      doppel.console().json(document);
    } else {
      report.describe().forEach(doppel.console()::print);
    }
    return report.whole() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Map<String, Object> json(FolderReport.ClassCount each) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("group", each.group());
    json.put("name", each.name());
    json.put("images", each.images());
    json.put("smallest", each.smallest());
    json.put("largest", each.largest());
    json.put("coloured", each.coloured());
    return json;
  }

  private static Map<String, Object> json(OmniglotReport report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("command", "data check");
    document.put("folder", report.folder().toString());
    document.put("whole", report.whole());
    document.put("fingerprint", report.fingerprint());
    document.put("sets", report.sets().stream().map(DataCheckCommand::json).toList());
    document.put("runs", report.runs());
    document.put("problems", List.copyOf(report.problems()));
    return document;
  }

  private static Map<String, Object> json(OmniglotReport.SetCount set) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", set.name());
    json.put("alphabets", set.alphabets());
    json.put("characters", set.characters());
    json.put("images", set.images());
    json.put("fewest_drawers", set.fewestDrawers());
    json.put("most_drawers", set.mostDrawers());
    return json;
  }
}
