/** Pictures, their files, and their way to the plane of floats an encoder reads. */
@NullMarked
package dev.doppel.image;

import org.jspecify.annotations.NullMarked;
