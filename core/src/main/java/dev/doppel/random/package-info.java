/**
 * Seeds as addresses: the numbers of item i of epoch e of run r are computed, never carried along.
 */
@NullMarked
package dev.doppel.random;

import org.jspecify.annotations.NullMarked;
