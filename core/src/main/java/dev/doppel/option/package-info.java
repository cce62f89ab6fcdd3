/** Options as records, addressed by name: what a command line sets and a model file remembers. */
@NullMarked
package dev.doppel.option;

import org.jspecify.annotations.NullMarked;
