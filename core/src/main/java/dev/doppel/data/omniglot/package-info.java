/** Omniglot: reading, checking and splitting it, and Lake's twenty runs. */
@NullMarked
package dev.doppel.data.omniglot;

import org.jspecify.annotations.NullMarked;
