/** The model file: one ONNX file that carries everything needed to use a twin. */
@NullMarked
package dev.doppel.onnx;

import org.jspecify.annotations.NullMarked;
