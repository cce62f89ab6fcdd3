/** Search kernels on the Vector API, where the JVM has it. */
@NullMarked
package dev.doppel.simd;

import org.jspecify.annotations.NullMarked;
