package dev.doppel.server;

import dev.doppel.error.OptionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS from a PKCS12 file. */
final class Certificate {

  private Certificate() {}

  /**
   * @throws OptionException if the file or its password cannot be used
   */
  static SslConnectionFactory of(Listening.Tls tls, HttpConnectionFactory http) {
    String password;
    try {
      password = Files.readString(tls.password()).strip();
    } catch (IOException e) {
      throw refused(tls.password(), "its password file cannot be read", e);
    }
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(read(tls.keystore(), password));
    context.setKeyStorePassword(password);
    context.setSniRequired(false);
    return new SslConnectionFactory(context, http.getProtocol());
  }

  private static KeyStore read(Path file, String password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw refused(file, "the keystore cannot be opened", e);
    }
  }

  private static OptionException refused(Path file, String what, Exception e) {
    return new OptionException(
        "%s: %s (%s)".formatted(file, what, e.getMessage()),
        "A PKCS12 file with a certificate and its key, and a file with its password, are needed",
        "Make one with `keytool -genkeypair -keyalg EC -storetype PKCS12 -keystore FILE`",
        e);
  }
}
