package dev.doppel.server.guard;

import dev.doppel.server.error.Refusal;
import java.util.Optional;

/** Lets requests in, or not: the right host, no other site's page, a key, not too often. */
public final class Gate {

  private static final String BEARER = "Bearer ";

  private final Origins origins;
  private final Optional<Keyring> keys;
  private final RateLimit rate;
  private final RateLimit failures;

  /**
   * @param keys what callers must show; empty if anybody may do anything
   * @param rate of requests, for each key, or each address where no keys are asked for
   * @param failures of keys that are wrong, for each address
   */
  public Gate(Origins origins, Optional<Keyring> keys, RateLimit rate, RateLimit failures) {
    this.origins = origins;
    this.keys = keys;
    this.rate = rate;
    this.failures = failures;
  }

  /**
   * Checks only what does not depend on who asks.
   *
   * @throws Refusal if it was sent to another host or by another site's page
   */
  public void admit(Visit visit) {
    origins.check(visit);
  }

  /**
   * Lets a request in.
   *
   * @param needed what it takes
   * @throws Refusal if it is not let in
   */
  public Caller admit(Visit visit, Scope needed) {
    origins.check(visit);
    if (keys.isEmpty()) {
      rate.take(visit.address());
      return Caller.ANYBODY;
    }
    Caller caller = identify(visit, keys.get());
    rate.take(caller.name());
    if (!caller.may(needed)) {
      throw new Refusal(
          403,
          "forbidden",
          "A key without the scope " + needed.text(),
          "This takes " + needed.text(),
          "Use another key, or add one with `doppel key add NAME --scopes " + needed.text() + "`");
    }
    return caller;
  }

  private Caller identify(Visit visit, Keyring ring) {
    String shown = visit.authorization();
    if (shown == null) {
      throw unauthorized("No key");
    }
    boolean bearer = shown.regionMatches(true, 0, BEARER, 0, BEARER.length());
    Optional<Caller> caller =
        bearer ? ring.caller(shown.substring(BEARER.length()).strip()) : Optional.empty();
    if (caller.isEmpty()) {
      failures.take(visit.address());
      throw unauthorized("A key that is not known");
    }
    return caller.get();
  }

  private static Refusal unauthorized(String given) {
    return new Refusal(
        401,
        "unauthorized",
        given,
        "A key is needed, as in `Authorization: Bearer KEY`",
        "Ask for one; `doppel key add NAME` makes it");
  }
}
