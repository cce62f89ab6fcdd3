package dev.doppel.torch;

/** Which optimiser, with its settings. */
public sealed interface OptimiserOptions permits AdamWOptions, KochSgdOptions {}
