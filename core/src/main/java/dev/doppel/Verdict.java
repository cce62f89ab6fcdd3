package dev.doppel;

/**
 * Whether two images show the same thing.
 *
 * @param same whether the score reaches the model's threshold
 * @param probability how likely a pair with this score is to show the same thing, 0 to 1, where
 *     half of all pairs do
 * @param score the head's score; higher is closer
 */
public record Verdict(boolean same, double probability, double score) {}
