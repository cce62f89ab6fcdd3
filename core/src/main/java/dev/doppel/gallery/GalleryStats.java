package dev.doppel.gallery;

/**
 * How large a gallery is.
 *
 * @param labels distinct labels
 * @param items images enrolled
 * @param originals items whose picture is kept
 * @param fileBytes on disk; 0 in memory
 * @param memoryBytes held in memory for searching
 * @param search how it is searched at the moment: {@code exact} or {@code approximate}
 */
public record GalleryStats(
    long labels, long items, long originals, long fileBytes, long memoryBytes, String search) {}
