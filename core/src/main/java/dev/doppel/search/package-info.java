/** The nearest of many rows of numbers: an exact index, an approximate one, and their kernels. */
@NullMarked
package dev.doppel.search;

import org.jspecify.annotations.NullMarked;
