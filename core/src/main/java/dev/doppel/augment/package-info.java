/** Affine distortion as in Koch, Zemel and Salakhutdinov 2015. */
@NullMarked
package dev.doppel.augment;

import org.jspecify.annotations.NullMarked;
