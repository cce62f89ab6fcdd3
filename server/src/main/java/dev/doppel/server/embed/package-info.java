/** From picture bytes to embeddings: decoding within bounds, and requests embedded together. */
@NullMarked
package dev.doppel.server.embed;

import org.jspecify.annotations.NullMarked;
