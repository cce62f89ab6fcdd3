package dev.doppel.gallery.disk;

/** What a gallery on disk is opened for. */
public enum Access {
  /**
   * To search it, beside others that read and the one that writes. What is seen is what was there
   * at the opening.
   */
  READ,

  /** To change it too, alone: no second process, and no second opening in this one. */
  WRITE
}
