package dev.doppel.server.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Headers that tell browsers to trust nothing they need not. */
final class Security {

  /** For what is no page: nothing may be loaded from it, nothing may show it. */
  private static final HttpField CLOSED =
      policy("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");

  /** For our own page and its files: what comes from here, and nothing else. */
  private static final HttpField PAGE =
      policy(
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
              + " connect-src 'self'; media-src 'self' blob:; form-action 'none';"
              + " frame-ancestors 'none'; base-uri 'none'");

  /** For pictures that people sent: not even what they might contain runs. */
  private static final HttpField SANDBOX = policy("default-src 'none'; sandbox");

  private static final HttpField[] ALWAYS = {
    new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
    new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
    new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
    new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
    new PreEncodedHttpField(
        "Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()")
  };

  private static final HttpField NO_STORE = new PreEncodedHttpField("Cache-Control", "no-store");

  private Security() {}

  private static HttpField policy(String text) {
    return new PreEncodedHttpField("Content-Security-Policy", text);
  }

  static void put(HttpFields.Mutable headers, Reply.Kind kind) {
    for (HttpField each : ALWAYS) {
      headers.put(each);
    }
    headers.put(
        switch (kind) {
          case DATA -> CLOSED;
          case PAGE -> PAGE;
          case PICTURE -> SANDBOX;
        });
    if (kind != Reply.Kind.PAGE) {
      headers.put(NO_STORE);
    }
  }
}
