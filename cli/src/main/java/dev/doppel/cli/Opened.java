package dev.doppel.cli;

import dev.doppel.Recognizer;
import dev.doppel.gallery.Gallery;
import dev.doppel.onnx.OpenModel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A model and a gallery in use, and the recogniser over both. */
final class Opened implements AutoCloseable {

  private final OpenModel model;
  private final Gallery gallery;
  private final Recognizer recognizer;

  private Opened(ModelOption models, OpenModel model, Gallery gallery) {
    models.requireFits(gallery, model.twin());
    this.model = model;
    this.gallery = gallery;
    this.recognizer = new Recognizer(model.twin(), gallery);
  }

  /** Opens both side by side: nothing else takes as long when a command starts. */
  static Opened toRead(ModelOption models, GalleryOption galleries) {
    galleries.requireThere();
    CompletableFuture<OpenModel> opening = CompletableFuture.supplyAsync(() -> models.open(1));
    @Nullable Gallery gallery = null;
    try {
      gallery = galleries.openToRead();
      return new Opened(models, Background.join(opening), gallery);
    } catch (RuntimeException e) {
      var unused = opening.thenAccept(OpenModel::close); // as soon as it is there
      if (gallery != null) {
        gallery.close();
      }
      throw e;
    }
  }

  Recognizer recognizer() {
    return recognizer;
  }

  @Override
  public void close() {
    gallery.close();
    model.close();
  }
}
