/** A person's own images: a folder with a folder for each class. */
@NullMarked
package dev.doppel.data.folder;

import org.jspecify.annotations.NullMarked;
