package dev.doppel.server.guard;

import java.util.Set;

/**
 * Who asks, and what they may do.
 *
 * @param name of the key, or of nobody's where the server is open
 * @param scopes what they may do
 * @param galleries the only ones they may use; none means all
 */
public record Caller(String name, Set<Scope> scopes, Set<String> galleries) {

  /** Anybody, where no keys are asked for. */
  public static final Caller ANYBODY = new Caller("", Set.of(Scope.values()), Set.of());

  public Caller {
    scopes = Set.copyOf(scopes);
    galleries = Set.copyOf(galleries);
  }

  /** Whether they may do this. */
  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }

  /** Whether they may use a gallery. */
  public boolean mayUse(String gallery) {
    return galleries.isEmpty() || galleries.contains(gallery);
  }
}
