package dev.doppel.search;

/**
 * A row that a search found.
 *
 * @param row its number
 * @param score by the index's {@link Metric}; higher is closer
 */
public record Hit(int row, float score) {}
