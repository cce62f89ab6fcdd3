/** Requests that are not granted, in one shape. */
@NullMarked
package dev.doppel.server.error;

import org.jspecify.annotations.NullMarked;
