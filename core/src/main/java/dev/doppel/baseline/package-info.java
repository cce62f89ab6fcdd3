/** Matchers that learn nothing. */
@NullMarked
package dev.doppel.baseline;

import org.jspecify.annotations.NullMarked;
