/** Tries the page in a real browser, against a real server. */
@NullMarked
package dev.doppel.server.page;

import org.jspecify.annotations.NullMarked;
