/** What is shown at once: pairs, batches of P classes by K samples, N-way K-shot trials. */
@NullMarked
package dev.doppel.episode;

import org.jspecify.annotations.NullMarked;
