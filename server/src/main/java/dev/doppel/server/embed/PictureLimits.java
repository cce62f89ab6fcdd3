package dev.doppel.server.embed;

import dev.doppel.error.OptionException;

/**
 * How large pictures may be.
 *
 * @param pixels most pixels of a picture
 * @param pictures most pictures of a request
 */
public record PictureLimits(long pixels, int pictures) {

  public PictureLimits {
    OptionException.require(pixels >= 1, "pixels", pixels, "at least 1");
    OptionException.require(pictures >= 1, "pictures", pictures, "at least 1");
  }
}
