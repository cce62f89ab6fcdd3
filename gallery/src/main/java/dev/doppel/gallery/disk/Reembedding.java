package dev.doppel.gallery.disk;

import dev.doppel.error.DataException;
import dev.doppel.error.GalleryException;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.image.Image;
import dev.doppel.image.ImageFile;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Twin;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves a gallery to another model, from the originals it kept: ids, labels, metadata and times
 * stay as they are.
 *
 * <p>All images are embedded first, while the gallery is locked against other writers and still
 * what it was; then one transaction changes embeddings and model together. So whoever reads beside
 * it sees the old gallery or the new one, a crash leaves one of them, and nothing is renamed under
 * an open file. The old gallery is kept beside it as {@code NAME.gallery.before-FINGERPRINT8}, a
 * whole gallery, written before anything changes.
 */
public final class Reembedding {

  private static final int BATCH = 64;

  /** Named in a refusal at most. */
  private static final int MOST_NAMED = 10;

  private final Path file;
  private final Twin twin;
  private final boolean dropWithout;
  private final Progress progress;

  private Reembedding(Path file, Twin twin, boolean dropWithout, Progress progress) {
    this.file = file;
    this.twin = twin;
    this.dropWithout = dropWithout;
    this.progress = progress;
  }

  /**
   * What was done.
   *
   * @param items how many were embedded anew
   * @param dropped how many without a usable original were forgotten
   * @param before where the old gallery is kept
   */
  public record Result(long items, long dropped, Path before) {}

  /**
   * Embeds all originals of a gallery by another model.
   *
   * @param gallery its file, which nobody has open for writing
   * @param twin the new model
   * @param dropWithout whether items without an original, or with one that is no picture, are
   *     forgotten; else they are a reason to refuse
   * @throws GalleryException if there are such items, or it is this model's already
   */
  public static Result run(Path gallery, Twin twin, boolean dropWithout, Progress progress) {
    Path file = GalleryFile.existing(gallery);
    try (Writing writing = Writing.open(file, DiskGallery.PATIENCE)) {
      return new Reembedding(file, twin, dropWithout, progress).run(writing);
    }
  }

  private Result run(Writing writing) {
    ModelStamp old = writing.stamp();
    ModelStamp stamp = ModelStamp.of(twin);
    if (old.fingerprint().equals(stamp.fingerprint())) {
      throw new GalleryException(
          "Gallery %s was embedded by %s already".formatted(file, old.name()),
          "Embedding anew is for another model",
          "Nothing is to be done, or give the other model");
    }
    Path before = file.resolveSibling(file.getFileName() + ".before-" + eight(old.fingerprint()));
    GalleryFile.vacant(before);
    List<Long> without = new ArrayList<>();
    List<byte[]> embeddings = embed(writing.connection(), without);
    if (!without.isEmpty() && !dropWithout) {
      throw refusal(without);
    }
    GalleryFile.copy(file, before);
    writing.commit(
        table -> {
          table.delete(without);
          table.reembed(embeddings.iterator());
          Schema.stamp(writing.connection(), stamp);
        });
    return new Result(embeddings.size(), without.size(), before);
  }

  private static String eight(String fingerprint) {
    String plain = fingerprint.replaceAll("[^A-Za-z0-9]", "");
    return plain.substring(0, Math.min(8, plain.length()));
  }

  private GalleryException refusal(List<Long> without) {
    String named =
        String.join(", ", without.stream().limit(MOST_NAMED).map(id -> Long.toString(id)).toList());
    return new GalleryException(
        "%d items of %s have no original that could be embedded anew: %s%s"
            .formatted(without.size(), file, named, without.size() > MOST_NAMED ? ", …" : ""),
        "Moving to another model needs each item's picture; nothing was changed",
        "Enrol these again with their pictures, or have them dropped");
  }

  /** The new embeddings of all items that have an original, by rising id. */
  private List<byte[]> embed(Connection on, List<Long> without) {
    ItemTable table = new ItemTable(on, file);
    List<byte[]> all = new ArrayList<>();
    List<Image> batch = new ArrayList<>();
    try (ItemTable.Reading rows = table.rows(0)) {
      long done = 0;
      ItemTable.Tally tally = table.tally();
      for (Row row = rows.next(); row != null; row = rows.next()) {
        Image image = row.hasOriginal() ? image(table, row.id()) : null;
        if (image == null) {
          without.add(row.id());
        } else {
          batch.add(image);
        }
        if (batch.size() == BATCH) {
          flush(batch, all);
        }
        if (++done % BATCH == 0) {
          progress.at(done, tally.items());
        }
      }
      rows.check(tally);
      flush(batch, all);
      progress.at(done, tally.items());
      return all;
    } catch (SQLException e) {
      throw Fault.of(file, "be read", e);
    }
  }

  private @Nullable Image image(ItemTable table, long id) throws SQLException {
    byte[] bytes =
        table.original(id).orElseThrow(() -> Fault.damaged(file, "an original is missing"));
    try {
      return ImageFile.decode("the original of item " + id, bytes);
    } catch (DataException e) {
      return null; // listed with those that have none
    }
  }

  private void flush(List<Image> batch, List<byte[]> into) {
    if (batch.isEmpty()) {
      return;
    }
    Embeddings rows = twin.encoder().embed(batch);
    ModelStamp stamp = ModelStamp.of(twin);
    for (int i = 0; i < rows.count(); i++) {
      float[] row = rows.row(i);
      stamp.checkEmbedding(row);
      into.add(FloatBytes.of(row));
    }
    batch.clear();
  }
}
