/** What can go wrong, said in three parts: what was given, what is allowed, what to do next. */
@NullMarked
package dev.doppel.error;

import org.jspecify.annotations.NullMarked;
