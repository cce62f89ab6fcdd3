package dev.doppel.bench;

import dev.doppel.data.ImageClass;
import dev.doppel.data.glyph.GlyphAlphabets;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.image.Image;
import dev.doppel.model.Embeddings;
import dev.doppel.model.Twin;
import dev.doppel.random.Seed;
import dev.doppel.server.DoppelServer;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.store.MemoryGalleries;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A server with a gallery of invented characters, and requests that ask it about other drawings of
 * them.
 *
 * @param server to be closed
 * @param requests whole ones, each posting a picture to be identified
 * @param planes the same pictures as the encoder reads them
 */
record Served(DoppelServer server, List<byte[]> requests, float[] planes) implements AutoCloseable {

  private static final int CHARACTERS = 25;

  static Served start(Twin twin, int labels, int questions, ServerOptions options) {
    int alphabets = (labels + CHARACTERS - 1) / CHARACTERS;
    List<ImageClass> characters =
        GlyphAlphabets.generate(Seed.of(7), alphabets, CHARACTERS, 2).classes().subList(0, labels);
    MemoryGalleries galleries = new MemoryGalleries(ModelStamp.of(twin));
    Gallery gallery = galleries.create("main");
    List<Image> known = characters.stream().map(each -> each.samples().get(0).image()).toList();
    Embeddings rows = twin.encoder().embed(known);
    List<Enrolment> enrolments = new ArrayList<>();
    for (int i = 0; i < labels; i++) {
      enrolments.add(Enrolment.of("label-" + i, rows.row(i), Map.of(), Optional.empty()));
    }
    gallery.enrol(enrolments);
    List<Image> asked =
        characters.stream().limit(questions).map(each -> each.samples().get(1).image()).toList();
    int plane = twin.encoder().preprocess().length();
    float[] planes = new float[asked.size() * plane];
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      twin.encoder().preprocess().into(asked.get(i), planes, i * plane);
      requests.add(LoadClient.post("/v1/galleries/main/identify", png(asked.get(i))));
    }
    return new Served(DoppelServer.start(twin, galleries, options), requests, planes);
  }

  private static byte[] png(Image image) {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        picture.getRaster().setSample(x, y, 0, image.sample(x, y, 0) / 255);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  @Override
  public void close() {
    server.close();
  }
}
