package dev.doppel.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The numbers in which convolutions and dense layers multiply; weights are always kept, summed up
 * and updated in 32 bits.
 */
public enum Precision {
  /** 16-bit brain floats where the processor multiplies them in hardware, else 32-bit floats. */
  AUTO,
  /** 32-bit floats. */
  FLOAT32,
  /** 16-bit brain floats: 8 bits of exponent, 7 of fraction. */
  BFLOAT16;

  /** What AUTO means on this machine; anything else is itself. */
  public Precision resolved() {
    return this != AUTO ? this : multipliesBrainFloats() ? BFLOAT16 : FLOAT32;
  }

  Tensor cast(Tensor tensor) {
    return this == BFLOAT16 ? tensor.to(torch.ScalarType.BFloat16) : tensor;
  }

  /**
   * Intel's tile unit (AMX) more than doubles the speed, where its AVX-512 dot product alone gains
   * little; on AMD's cores that product makes a step 1.7 times as fast.
   */
  private static boolean multipliesBrainFloats() {
    try {
      Path info = Path.of("/proc/cpuinfo");
      if (!Files.isReadable(info)) {
        return false;
      }
      String words = Files.readString(info);
      return words.contains(" amx_bf16")
          || (words.contains("AuthenticAMD") && words.contains(" avx512_bf16"));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
