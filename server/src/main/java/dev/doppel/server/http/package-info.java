/** HTTP: routes, requests, bodies, answers, and the handler that stands before them all. */
@NullMarked
package dev.doppel.server.http;

import org.jspecify.annotations.NullMarked;
