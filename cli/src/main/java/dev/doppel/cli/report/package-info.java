/** The page that shows a run: curves, standings, mistakes and where it all comes from. */
@NullMarked
package dev.doppel.cli.report;

import org.jspecify.annotations.NullMarked;
