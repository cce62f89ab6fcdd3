package dev.doppel.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doppel.error.GalleryException;
import dev.doppel.error.ServerException;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.gallery.SearchMode;
import dev.doppel.gallery.disk.Access;
import dev.doppel.gallery.disk.DiskGallery;
import dev.doppel.server.DoppelServer;
import dev.doppel.server.Logged;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.Site;
import dev.doppel.server.Site.Got;
import dev.doppel.server.ToyTwin;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of galleries, not all of which can be served. */
class ServedFolderTest {

  private static final ModelStamp MODEL = ModelStamp.of(ToyTwin.make());

  private final Path folder;

  ServedFolderTest(@TempDir Path folder) {
    this.folder = folder.resolve("galleries");
  }

  private Galleries folder() {
    return new FolderGalleries(folder, MODEL, SearchMode.exact()).orFirst("main");
  }

  private Path make(String name, ModelStamp model) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + ".gallery");
    DiskGallery.create(file, model).close();
    return file;
  }

  private static Got identify(Site site, String gallery) {
    return site.picture("/v1/galleries/" + gallery + "/identify", ToyTwin.png(1));
  }

  @Test
  void eachThatCannotBeServedIsToldOnceAndWhy() throws IOException {
    make("good", MODEL);
    make("other", new ModelStamp("other@1", "1".repeat(64), MODEL.dim(), MODEL.head()));
    Files.writeString(make("foreign", MODEL), "no gallery at all, but a text of some length");
    try (RandomAccessFile file = new RandomAccessFile(make("damaged", MODEL).toFile(), "rw")) {
      file.seek(4096);
      file.write(new byte[(int) file.length() - 4096]);
    }
    Files.createFile(folder.resolve("Bad Name.gallery"));
    Path held = make("held", MODEL);
    try (Logged log = new Logged("dev.doppel.server.store");
        DiskGallery holding = DiskGallery.open(held, Access.WRITE);
        Site site = new Site(ToyTwin.make(), this::folder, ServerOptions.local(0))) {
      DoppelServer server = site.server();
      assertThat(server.galleries()).containsExactly("good");
      assertThat(server.problems()).containsOnlyKeys("damaged", "foreign", "held", "other");
      assertThat(log.lines()).hasSize(5);
      assertThat(log.lines())
          .anySatisfy(line -> assertThat(line).contains("Bad Name.gallery", "Rename it"))
          .anySatisfy(line -> assertThat(line).contains("damaged", "Restore a copy"))
          .anySatisfy(line -> assertThat(line).contains("foreign.gallery is no gallery"))
          .anySatisfy(line -> assertThat(line).contains("held", "being written by this process"))
          .anySatisfy(line -> assertThat(line).contains("other@1", "toy@0", "reembed"));

      for (int i = 0; i < 3; i++) {
        for (String name : server.problems().keySet()) {
          Got got = identify(site, name);
          assertThat(got.status()).as(name).isEqualTo(409);
          assertThat(got.json().at("/error/given").asText())
              .isEqualTo(server.problems().get(name))
              .doesNotContain(folder.toString(), folder.toRealPath().toString());
        }
      }
      assertThat(identify(site, "other").code()).isEqualTo("wrong_model");
      assertThat(identify(site, "held").code()).isEqualTo("gallery_unusable");
      assertThat(site.delete("/v1/galleries/foreign?confirm=foreign").status()).isEqualTo(409);
      assertThat(log.lines()).as("each once, and what was not deleted").hasSize(6);
      assertThat(identify(site, "good").code()).isEqualTo("empty_gallery");
      holding.close();
    }
  }

  @Test
  void whatBecomesUsableIsServed() throws Exception {
    Path held = make("held", MODEL);
    try (DiskGallery holding = DiskGallery.open(held, Access.WRITE);
        Site site = new Site(ToyTwin.make(), this::folder, ServerOptions.local(0))) {
      assertThat(identify(site, "held").code()).isEqualTo("gallery_unusable");
      holding.close();
      String code = "gallery_unusable";
      for (int i = 0; i < 200 && code.equals("gallery_unusable"); i++) {
        Thread.sleep(50);
        code = identify(site, "held").code();
      }
      assertThat(code).isEqualTo("empty_gallery");
      assertThat(site.server().problems()).isEmpty();
    }
  }

  @Test
  void aFolderThatIsServedIsNotServedTwice() throws IOException {
    try (Site site = new Site(ToyTwin.make(), this::folder, ServerOptions.local(0))) {
      assertThat(site.server().galleries()).containsExactly("main");
      assertThatThrownBy(() -> new Site(ToyTwin.make(), this::folder, ServerOptions.local(0)))
          .isInstanceOf(GalleryException.class)
          .hasMessageContainingAll("being served by", "serve another folder");
      site.json("POST", "/v1/galleries", "{\"name\":\"more\"}");
      assertThat(site.delete("/v1/galleries/more?confirm=more").status()).isEqualTo(204);
      assertThat(files()).noneMatch(name -> name.startsWith("more"));
    }
    assertThat(files()).containsExactly("main.gallery");
  }

  @Test
  void aServerThatCannotStartLeavesNothing() throws IOException {
    try (Site taken = new Site()) {
      ServerOptions same = ServerOptions.local(taken.server().port());
      assertThatThrownBy(() -> new Site(ToyTwin.make(), this::folder, same))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("another program");
    }
    assertThat(folder).doesNotExist();
    Files.createFile(folder);
    assertThatThrownBy(() -> new Site(ToyTwin.make(), this::folder, ServerOptions.local(0)))
        .isInstanceOf(GalleryException.class)
        .hasMessageContaining("is a file");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
