/** What a frozen encoder is used for with few labelled examples: classes, and numbers. */
@NullMarked
package dev.doppel.fewshot;

import org.jspecify.annotations.NullMarked;
