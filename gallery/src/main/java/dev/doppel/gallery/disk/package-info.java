/** Galleries on disk: one SQLite file is the truth. */
@NullMarked
package dev.doppel.gallery.disk;

import org.jspecify.annotations.NullMarked;
