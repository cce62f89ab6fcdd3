package dev.doppel.gallery;

class MemoryGalleryTest extends GalleryContract {

  @Override
  protected Gallery create(ModelStamp model) {
    return new MemoryGallery("memory", model);
  }

  @Override
  protected Gallery reopened(Gallery gallery) {
    return gallery; // it outlives nothing
  }
}
