/** Network architectures, each described once and interpreted by whoever needs it. */
@NullMarked
package dev.doppel.network;

import org.jspecify.annotations.NullMarked;
