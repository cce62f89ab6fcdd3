/** The table of results: what was published, what is measured here, and the page of both. */
@NullMarked
package dev.doppel.cli.results;

import org.jspecify.annotations.NullMarked;
