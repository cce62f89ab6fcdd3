/** A trained twin: encoder, head, calibration and where it comes from. */
@NullMarked
package dev.doppel.model;

import org.jspecify.annotations.NullMarked;
