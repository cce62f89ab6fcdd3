package dev.doppel.cli.results;

/**
 * A figure that somebody printed.
 *
 * @param section the table it belongs to
 * @param who answered
 * @param accuracy 0 to 1
 * @param source where it is printed
 */
public record Published(Section section, String who, double accuracy, String source) {}
