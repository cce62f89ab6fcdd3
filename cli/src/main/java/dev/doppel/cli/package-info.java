/** The command line: the one place that prints. */
@NullMarked
package dev.doppel.cli;

import org.jspecify.annotations.NullMarked;
