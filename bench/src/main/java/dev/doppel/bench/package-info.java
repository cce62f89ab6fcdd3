/** Benchmarks: speed as a ratio against a named, plain twin in the same run. */
@NullMarked
package dev.doppel.bench;

import org.jspecify.annotations.NullMarked;
