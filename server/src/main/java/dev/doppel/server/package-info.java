/** Recognition over HTTP, and the page that shows it. */
@NullMarked
package dev.doppel.server;

import org.jspecify.annotations.NullMarked;
