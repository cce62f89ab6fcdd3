/** Labelled images: groups of classes of samples, and where they come from. */
@NullMarked
package dev.doppel.data;

import org.jspecify.annotations.NullMarked;
