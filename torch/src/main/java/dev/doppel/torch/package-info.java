/** Training twins on libtorch; the only place that knows it. */
@NullMarked
package dev.doppel.torch;

import org.jspecify.annotations.NullMarked;
