package dev.doppel.onnx;

import dev.doppel.error.ModelException;
import dev.doppel.error.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model file's bytes, whole and as they were written.
 *
 * <p>They are read once, outside the heap: what was checked is what ONNX Runtime gets, and a file
 * that changes later cannot take the process down as a mapped one could.
 *
 * @param buffer all bytes, direct
 * @param properties the metadata
 * @param producer the program that wrote it, as it says itself; may be empty
 */
record ModelBytes(ByteBuffer buffer, Map<String, String> properties, String producer) {

  /** Named in each file, near its beginning. */
  static final String PRODUCER = "doppel";

  private static final String ALLOWED = "A model file as doppel train writes it is expected";
  private static final String TRAIN = "Check the path, or make a model with doppel train";
  private static final String AGAIN = "Copy the file again, or make it again with doppel train";

  /** Reads and checks a file. */
  static ModelBytes read(Path file) {
    return check(file, load(file));
  }

  /**
   * Reads and checks a model that comes as a stream.
   *
   * @param name for messages
   */
  static ModelBytes read(Path name, InputStream in) {
    try {
      byte[] bytes = in.readAllBytes();
      return check(name, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Whether another program wrote it. */
  boolean foreign() {
    return properties.isEmpty();
  }

  private static ModelBytes check(Path file, ByteBuffer buffer) {
    TopLevel top = TopLevel.of(buffer);
    if (Seal.unbroken(buffer) && Metadata.isIn(top.properties())) {
      return new ModelBytes(buffer, top.properties(), top.producer());
    }
    if (top.whole() && top.graph() && !Metadata.isIn(top.properties())) {
      return new ModelBytes(buffer, Map.of(), top.producer());
    }
    throw diagnosis(file, buffer.limit(), top);
  }

  /** Writes all but the seal, with other texts for some of the metadata. */
  void copy(Map<String, String> changed, OutputStream out) throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    int done = 0;
    for (TopLevel.Entry entry : TopLevel.entries(buffer)) {
      String text = changed.get(entry.key());
      if (text != null || entry.key().equals(Seal.KEY)) {
        channel.write(buffer.slice(done, entry.from() - done));
        if (text != null) {
          channel.write(ByteBuffer.wrap(Seal.entry(entry.key(), text)));
        }
        done = entry.to();
      }
    }
    channel.write(buffer.slice(done, buffer.limit() - done));
  }

  private static ByteBuffer load(Path file) {
    if (!Files.exists(file)) {
      throw new ModelException("No model at " + file, ALLOWED, TRAIN);
    }
    if (!Files.isRegularFile(file)) {
      String what = Files.isDirectory(file) ? " is a folder" : " is no ordinary file";
      throw new ModelException(file + what, ALLOWED, TRAIN);
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size == 0) {
        throw new ModelException(file + " is empty", ALLOWED, AGAIN);
      }
      if (size > Integer.MAX_VALUE) {
        throw new ModelException(
            "%s has %,d bytes".formatted(file, size), "A model has at most 2 GB", TRAIN);
      }
      ByteBuffer buffer = ByteBuffer.allocateDirect((int) size);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new ModelException(
              file + " became shorter while it was read", ALLOWED, "Try again when it is complete");
        }
      }
      return buffer.flip();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ModelException unreadable(Path file, IOException cause) {
    return new ModelException(
        file + " cannot be read: " + Reason.of(cause),
        ALLOWED,
        "Check its permissions and the disk",
        cause);
  }

  /** What is the matter with a file whose seal is missing or broken. */
  private static ModelException diagnosis(Path file, int size, TopLevel top) {
    if (Metadata.isIn(top.properties())) {
      return new ModelException(
          file + " is damaged or was changed: its checksum is not that of its bytes",
          ALLOWED,
          AGAIN);
    }
    if (top.producer().equals(PRODUCER)) {
      return new ModelException(
          "%s is a model cut short: only %,d bytes are there".formatted(file, size),
          ALLOWED,
          AGAIN);
    }
    return new ModelException(file + " is no ONNX model, or a damaged one", ALLOWED, TRAIN);
  }
}
