/** Galleries: what is enrolled, kept and searched. The contract, and a gallery in memory. */
@NullMarked
package dev.doppel.gallery;

import org.jspecify.annotations.NullMarked;
