/** Who may ask, from where, and how often. */
@NullMarked
package dev.doppel.server.guard;

import org.jspecify.annotations.NullMarked;
