package dev.doppel.gallery;

/**
 * A label as a gallery lists it.
 *
 * @param label its text
 * @param items how many images it has
 */
public record LabelCount(String label, int items) {}
