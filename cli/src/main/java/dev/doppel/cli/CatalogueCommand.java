package dev.doppel.cli;

import dev.doppel.loss.LossCatalogue;
import dev.doppel.option.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What there is to choose from, a line each. */
abstract class CatalogueCommand implements Callable<Integer> {

  /**
   * One line.
   *
   * @param settings what {@code NAME:KEY=VALUE} can change, with the usual values
   */
  record Line(String name, String line, String paper, Map<String, String> settings) {}

  private final Doppel doppel;

  CatalogueCommand(Doppel doppel) {
    this.doppel = doppel;
  }

  abstract List<Line> lines();

  abstract String kind();

  @Override
  public Integer call() {
    if (doppel.json()) {
      List<Map<String, Object>> all = new ArrayList<>();
      for (Line each : lines()) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", each.name());
        json.put("line", each.line());
        json.put("paper", each.paper());
        json.put("settings", each.settings());
        all.add(json);
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("command", kind());
      document.put(kind(), all);
      doppel.console().json(document);
      return ExitCode.DONE;
    }
    Table table = new Table(Table.Align.LEFT, Table.Align.LEFT, Table.Align.LEFT);
    lines().forEach(each -> table.row(each.name(), each.line(), each.paper()));
    table.lines().forEach(doppel.console()::print);
    return ExitCode.DONE;
  }

  /** {@code doppel losses}. */
  @Command(name = "losses")
  static final class Losses extends CatalogueCommand {

    Losses(Doppel doppel) {
      super(doppel);
    }

    @Override
    String kind() {
      return "losses";
    }

    @Override
    List<Line> lines() {
      return LossCatalogue.losses().stream()
          .map(
              each ->
                  new Line(
                      each.name(), each.line(), each.paper(), Settings.of((Record) each.loss())))
          .toList();
    }
  }

  /** {@code doppel miners}. */
  @Command(name = "miners")
  static final class Miners extends CatalogueCommand {

    Miners(Doppel doppel) {
      super(doppel);
    }

    @Override
    String kind() {
      return "miners";
    }

    @Override
    List<Line> lines() {
      return LossCatalogue.miners().stream()
          .map(each -> new Line(each.name(), each.line(), each.paper(), Settings.of(each.miner())))
          .toList();
    }
  }
}
