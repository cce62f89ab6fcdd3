package dev.doppel.torch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.doppel.error.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named 32-bit tensors in a safetensors file: eight bytes of header length, a JSON header, the
 * numbers; little-endian throughout. Readable from Python and many others, and no code in it.
 */
final class Safetensors {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_HEADER = 100_000_000;

  /** Numbers written at once. */
  private static final int PIECE = 1 << 18;

  private Safetensors() {}

  /** Writes a new file and waits until the disk has it; the SHA-256 of its bytes. */
  static String write(Path file, Map<String, float[]> tensors) throws IOException {
    MessageDigest digest = sha256();
    ObjectNode header = JSON.createObjectNode();
    long end = 0;
    for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      entry.putArray("shape").add(tensor.getValue().length);
      long begin = end;
      end += 4L * tensor.getValue().length;
      entry.putArray("data_offsets").add(begin).add(end);
    }
    byte[] text = JSON.writeValueAsBytes(header);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer length = little(8).putLong(text.length).flip();
      writeFully(channel, length, digest);
      writeFully(channel, ByteBuffer.wrap(text), digest);
      ByteBuffer piece = little(4 * PIECE); // a weight can be hundreds of megabytes
      for (float[] values : tensors.values()) {
        for (int from = 0; from < values.length; from += PIECE) {
          int count = Math.min(PIECE, values.length - from);
          piece.clear().limit(4 * count);
          piece.asFloatBuffer().put(values, from, count);
          writeFully(channel, piece, digest);
        }
      }
      channel.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads a file whole.
   *
   * @param sha256 of its bytes, as {@link #write} gave it
   * @throws ModelException if it is no safetensors file, or not whole
   */
  static Map<String, float[]> read(Path file, String sha256) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      MessageDigest digest = sha256();
      digest.update(bytes.duplicate());
      if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
        throw damaged(file, "its bytes are not those that were written");
      }
      long length = bytes.remaining() < 8 ? -1 : bytes.getLong();
      if (length < 2 || length > LONGEST_HEADER || length > bytes.remaining()) {
        throw damaged(file, "its header says " + length + " bytes");
      }
      byte[] text = new byte[(int) length];
      bytes.get(text);
      JsonNode header = JSON.readTree(new String(text, StandardCharsets.UTF_8));
      ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
      Map<String, float[]> tensors = new LinkedHashMap<>();
      long expected = 0;
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        JsonNode offsets = entry.getValue().path("data_offsets");
        long begin = offsets.path(0).asLong(-1);
        long end = offsets.path(1).asLong(-1);
        if (begin != expected || end < begin || end > data.capacity() || (end - begin) % 4 != 0) {
          throw damaged(file, "tensor " + entry.getKey() + " spans " + begin + " to " + end);
        }
        expected = end;
        float[] values = new float[(int) ((end - begin) / 4)];
        data.position((int) begin);
        data.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        tensors.put(entry.getKey(), values);
      }
      if (expected != data.capacity()) {
        throw damaged(file, data.capacity() + " bytes of numbers instead of " + expected);
      }
      return tensors;
    } catch (com.fasterxml.jackson.core.JacksonException unreadable) {
      throw damaged(file, "its header is no JSON");
    }
  }

  private static ModelException damaged(Path file, String what) {
    return new ModelException(
        file + " is damaged: " + what,
        "Expected a whole safetensors file as Doppel writes it",
        "Restore it from a copy, or train again without --resume");
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, MessageDigest digest)
      throws IOException {
    digest.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
