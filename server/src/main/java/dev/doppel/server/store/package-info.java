/** The galleries that are served, by name. */
@NullMarked
package dev.doppel.server.store;

import org.jspecify.annotations.NullMarked;
