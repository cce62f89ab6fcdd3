/** Synthetic alphabets: stroke programs drawn by varied hands. */
@NullMarked
package dev.doppel.data.glyph;

import org.jspecify.annotations.NullMarked;
