package dev.doppel.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.doppel.Example;
import dev.doppel.Recognizer;
import dev.doppel.gallery.Enrolment;
import dev.doppel.gallery.Filter;
import dev.doppel.gallery.Gallery;
import dev.doppel.gallery.Item;
import dev.doppel.gallery.ModelStamp;
import dev.doppel.image.ImageFile;
import dev.doppel.server.DoppelServer;
import dev.doppel.server.ServerOptions;
import dev.doppel.server.store.MemoryGalleries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A flow on the page: one browser for all of them, a server of its own for each.
 *
 * <p>Whatever a flow does, nothing may be asked of another host, and the browser may complain of
 * nothing that the flow did not expect, policy violations least of all.
 */
@Tag("browser")
abstract class PageTest {

  /** A hook, as two hands would draw it, and something else. */
  static final String[] HOOK = {"58,16 58,40 58,60 54,78 40,84 27,76 26,64", "44,18 58,16 72,19"};

  static final String[] HOOK_AGAIN = {
    "57,18 59,42 58,62 52,80 39,84 28,75 27,65", "45,19 58,17 70,19"
  };
  static final String[] FENCE = {
    "20,25 20,75", "40,24 40,76", "60,25 61,75", "80,25 80,76", "10,40 90,41", "10,60 90,60"
  };

  private static final Map<String, byte[]> signs = new TreeMap<>();
  private static Optional<PageBrowser> shared = Optional.empty();
  private static boolean started;

  final MemoryGalleries galleries = new MemoryGalleries(ModelStamp.of(BlurredInk.twin()));
  DoppelServer server;
  PageBrowser page;

  @BeforeEach
  final void begin() {
    Optional<PageBrowser> browser = browser();
    assumeTrue(browser.isPresent(), "no Chromium on this machine");
    page = browser.get();
    server = DoppelServer.start(BlurredInk.twin(), galleries, options());
    page.complaints();
    page.hosts();
  }

  /** How the server is run; a flow may need another way. */
  ServerOptions options() {
    return ServerOptions.local(0);
  }

  private static synchronized Optional<PageBrowser> browser() {
    if (!started) {
      Optional<ChromeDriver> driven = Chromium.start();
      started = true;
      driven.ifPresent(
          driver -> Runtime.getRuntime().addShutdownHook(new Thread(driver::quit, "no browser")));
      shared = driven.map(PageBrowser::new);
    }
    return shared;
  }

  @AfterEach
  final void end() {
    if (page == null) {
      return; // no browser
    }
    try {
      assertThat(page.complaints()).as("what the browser complains of").isEmpty();
      assertThat(page.hosts()).as("hosts asked").containsOnly("127.0.0.1:" + server.port());
    } finally {
      page.leave();
      server.close();
    }
  }

  /** Opens the page at a panel. */
  final void open(String panel) {
    page.open(server.url() + "/#" + panel);
  }

  /** Opens the page with a gallery that knows the sample signs, as the page itself draws them. */
  final void openFilled(String panel) {
    if (signs.isEmpty()) {
      open("identify");
      page.press("Fill with a few sample signs");
      page.awaitText("#identify .rest h2", "12 things are known");
      Gallery filled = galleries.open("things");
      for (Item item : filled.items(Optional.empty(), Filter.none(), 0, 12)) {
        signs.put(item.label(), filled.original(item.id()).orElseThrow());
      }
    } else {
      Recognizer recognizer = new Recognizer(BlurredInk.twin(), galleries.create("things"));
      signs.forEach(
          (label, png) ->
              recognizer.enrol(
                  List.of(new Example(label, ImageFile.decode(label, png), Map.of(), png))));
      open("identify");
    }
    page.click("#tab-" + panel);
  }

  /** A gallery with labels of one invented embedding each. */
  final Gallery gallery(String name, List<String> labels) {
    Gallery gallery = galleries.create(name);
    int dim = new BlurredInk().dim();
    for (int i = 0; i < labels.size(); i++) {
      float[] row = new float[dim];
      row[i % dim] = 1;
      row[(7 * i + 3) % dim] -= 0.5f;
      gallery.enrol(List.of(Enrolment.of(labels.get(i), row, Map.of(), Optional.empty())));
    }
    return gallery;
  }
}
