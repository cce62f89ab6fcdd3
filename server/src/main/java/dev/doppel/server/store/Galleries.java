package dev.doppel.server.store;

import dev.doppel.gallery.Gallery;
import java.util.List;

/**
 * Galleries by name, side by side. Thread-safe.
 *
 * <p>A gallery is open at most once: who opens it is the one to close it.
 */
public interface Galleries extends AutoCloseable {

  /** The names of those that exist, in order. */
  List<String> names();

  /**
   * Opens one that exists.
   *
   * @throws dev.doppel.error.GalleryException if it does not, is damaged, in use elsewhere, or of
   *     another model
   */
  Gallery open(String name);

  /**
   * Makes an empty one and opens it.
   *
   * @throws dev.doppel.error.GalleryException if there is one of this name
   */
  Gallery create(String name);

  /**
   * Removes one for good; it must be closed.
   *
   * @throws dev.doppel.error.GalleryException if it does not exist or cannot be removed
   */
  void delete(String name);

  /** What reasons may hold that is not for clients to see: where the galleries lie. */
  default String whereabouts() {
    return "";
  }

  /** Lets go of them; those that were opened are closed before. */
  @Override
  default void close() {}
}
