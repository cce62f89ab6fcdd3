/**
 * What may happen to a drawing: the affine distortion of Koch, Zemel and Salakhutdinov 2015, bends,
 * other pens, specks, and the harm that robustness is measured by.
 */
@NullMarked
package dev.doppel.augment;

import org.jspecify.annotations.NullMarked;
