package dev.doppel.network;

/**
 * An encoder that has a name.
 *
 * @param architecture the encoder with its usual settings
 * @param summary what it is, in a line
 * @param paper where it comes from
 */
public record ListedEncoder(Architecture architecture, String summary, String paper) {

  /** The name options use. */
  public String name() {
    return architecture.name();
  }
}
