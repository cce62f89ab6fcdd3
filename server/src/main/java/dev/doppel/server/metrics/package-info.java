/** What the server counts, as Prometheus reads it. */
@NullMarked
package dev.doppel.server.metrics;

import org.jspecify.annotations.NullMarked;
