/** What the server answers: one class for each group of calls. */
@NullMarked
package dev.doppel.server.api;

import org.jspecify.annotations.NullMarked;
