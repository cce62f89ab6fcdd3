package dev.doppel.gallery;

class ApproximateMemoryGalleryTest extends GalleryContract {

  @Override
  protected Gallery create(ModelStamp model) {
    return new MemoryGallery("memory", model, SmallIndexes.atOnce(model));
  }

  @Override
  protected Gallery reopened(Gallery gallery) {
    return gallery; // it outlives nothing
  }
}
