package dev.doppel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = new Table(Table.Align.LEFT, Table.Align.RIGHT);
    table.row("who", "right").row().row("people", "95.5 %").row("ÄÖ", "7 %");

    assertThat(table.lines())
        .containsExactly(
            "  who      right", "  ──────────────", "  people  95.5 %", "  ÄÖ         7 %");
  }

  @Test
  void aRowHasACellForEachColumn() {
    Table table = new Table(Table.Align.LEFT);

    assertThatThrownBy(() -> table.row("a", "b")).isInstanceOf(IllegalArgumentException.class);
  }
}
