/** The front door: enrol one image of each thing, then ask what another image shows. */
@NullMarked
package dev.doppel;

import org.jspecify.annotations.NullMarked;
