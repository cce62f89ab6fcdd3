/**
 * Losses of metric learning in plain arithmetic: a measure, the tuples it is asked about, and a
 * reduction; value and gradient.
 */
@NullMarked
package dev.doppel.loss;

import org.jspecify.annotations.NullMarked;
