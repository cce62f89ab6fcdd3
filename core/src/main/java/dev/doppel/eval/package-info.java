/** Protocols, and the scores they give to anything that answers a trial. */
@NullMarked
package dev.doppel.eval;

import org.jspecify.annotations.NullMarked;
