/** IDX files, the format of MNIST and its kin: finding, reading, checking. */
@NullMarked
package dev.doppel.data.idx;

import org.jspecify.annotations.NullMarked;
