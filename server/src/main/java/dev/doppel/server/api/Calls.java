package dev.doppel.server.api;

import dev.doppel.model.Twin;
import dev.doppel.server.embed.Pictures;
import dev.doppel.server.http.Route;
import dev.doppel.server.http.Routes;
import dev.doppel.server.metrics.Metrics;
import dev.doppel.server.store.Shelf;
import java.util.List;
import java.util.stream.Stream;

/** All that can be called. */
public final class Calls {

  private Calls() {}

  /**
   * All routes.
   *
   * @param keepOriginals whether the picture files of what is enrolled are kept
   * @param version of this program
   */
  public static Routes routes(
      Twin twin,
      Shelf shelf,
      Pictures pictures,
      Metrics metrics,
      boolean keepOriginals,
      String version) {
    Stream<List<Route>> all =
        Stream.of(
            new AskCalls(twin, shelf, pictures).routes(),
            new ItemCalls(shelf, pictures, keepOriginals).routes(),
            new LabelCalls(shelf).routes(),
            new GalleryCalls(shelf).routes(),
            new MapCalls(shelf).routes(),
            new ServerCalls(twin, metrics, version).routes(),
            new PageCalls().routes());
    return new Routes(all.flatMap(List::stream).toList());
  }
}
