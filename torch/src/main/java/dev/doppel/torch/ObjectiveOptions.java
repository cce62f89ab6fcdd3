package dev.doppel.torch;

/** Which loss, with its settings. */
public sealed interface ObjectiveOptions
    permits CosineSoftmaxOptions, KochVerificationOptions, MetricOptions {}
