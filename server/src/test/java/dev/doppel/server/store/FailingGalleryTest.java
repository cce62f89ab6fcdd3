package dev.doppel.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doppel.error.GalleryException;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.MemoryGallery;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import dev.doppel.server.Logged;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.Site;
import dev.doppel.server.Site.Got;
import dev.doppel.server.ToyTwin;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Galleries whose disk or file fails while they are served: told as it is, and logged once. */
class FailingGalleryTest {

  private static final ModelStamp MODEL = ModelStamp.of(ToyTwin.make());
  private static final String ITEMS = "/v1/galleries/main/items";

  private final Path folder;
  private final Path file;

  FailingGalleryTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("main.gallery");
  }

  private Site site() {
    return new Site(
        ToyTwin.make(),
        () -> new FolderGalleries(folder, MODEL, SearchMode.exact()).orFirst("main"),
        ServerOptions.local(0));
  }

  private static Got enrol(Site site) {
    return site.picture(ITEMS + "?label=a", ToyTwin.png(1));
  }

  @Test
  void aFullDiskIsNoFaultOfTheServers() {
    try (Logged log = new Logged("dev.doppel.server");
        Site site = new Site(ToyTwin.make(), FullGalleries::new, ServerOptions.local(0))) {
      for (int i = 0; i < 3; i++) {
        for (Got got : List.of(enrol(site), site.delete("/v1/galleries/main/labels?label=a"))) {
          assertThat(got.status()).isEqualTo(507);
          assertThat(got.code()).isEqualTo("disk_full");
          assertThat(got.json().at("/error/given").asText()).contains("the disk is full");
          assertThat(got.json().at("/error/next").asText()).contains("Free some room");
        }
      }
      Got made = site.json("POST", "/v1/galleries", "{\"name\":\"b\"}");
      assertThat(made.status()).isEqualTo(507);
      assertThat(log.lines()).as("once, and what was not made").hasSize(2);
    }
  }

  @Test
  void aPictureThatIsDamagedIsCalledSo() throws IOException {
    byte[] picture = ToyTwin.png(1);
    try (Site site = site()) {
      assertThat(enrol(site).status()).isEqualTo(201);
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[indexOf(bytes, picture) + picture.length - 1] ^= 1;
    Files.write(file, bytes);
    try (Logged log = new Logged("dev.doppel.server");
        Site site = site()) {
      for (int i = 0; i < 3; i++) {
        Got got = site.get(ITEMS + "/1/image");
        assertThat(got.status()).isEqualTo(409);
        assertThat(got.json().at("/error/given").asText())
            .contains("damaged", "the original of item 1")
            .doesNotContain(folder.toString());
      }
      assertThat(site.get(ITEMS + "/1").status()).isEqualTo(200);
      assertThat(log.lines()).hasSize(1);
    }
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (java.util.Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("the picture is not in the file");
  }

  @Test
  void aFileThatWasReplacedOrRemovedTakesNoChange() throws IOException {
    try (Site site = site()) {
      enrol(site);
    }
    byte[] backup = Files.readAllBytes(file);
    try (Logged log = new Logged("dev.doppel.server");
        Site site = site()) {
      assertThat(enrol(site).status()).isEqualTo(201);
      Files.delete(file);
      Files.write(file, backup);
      for (int i = 0; i < 3; i++) {
        assertThat(enrol(site).status()).isEqualTo(409);
        assertThat(site.delete("/v1/galleries/main/labels?label=a").status()).isEqualTo(409);
      }
      assertThat(log.lines()).singleElement().asString().contains("takes no more changes");
    }
    assertThat(file).hasBinaryContent(backup);
    try (Site site = site()) {
      assertThat(site.get(ITEMS).json().get("items")).hasSize(1);
    }
  }

  /** Galleries without room for a change. */
  private static final class FullGalleries implements Galleries {

    @Override
    public List<String> names() {
      return List.of("main");
    }

    @Override
    public Gallery open(String name) {
      Gallery inner = new MemoryGallery(name, MODEL);
      return (Gallery)
          Proxy.newProxyInstance(
              Gallery.class.getClassLoader(),
              new Class<?>[] {Gallery.class},
              (proxy, method, arguments) -> {
                if (List.of("enrol", "forget").contains(method.getName())) {
                  throw full();
                }
                try {
                  return method.invoke(inner, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getTargetException();
                }
              });
    }

    private static GalleryException full() {
      return GalleryException.full(
          "Gallery main cannot be changed: the disk is full",
          "A change needs room for itself; nothing was changed",
          "Free some room and try again",
          new IOException("No space left on device"));
    }

    @Override
    public Gallery create(String name) {
      throw full();
    }

    @Override
    public void delete(String name) {
      throw full();
    }
  }
}
