package dev.doppel.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.error.ServerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** TLS from a PKCS12 file. */
final class Certificate {

  private static final Logger LOG = System.getLogger(Certificate.class.getName());

  /** Kinds of names in a certificate, as RFC 5280 numbers them. */
  private static final int DNS = 2;

  private static final int IP = 7;

  /** Hosts that a line of advice names all. */
  private static final int FEW = 5;

  private final Listening.Tls tls;
  private final KeyStore store;
  private final String password;
  private final X509Certificate first;

  private Certificate(Listening.Tls tls, KeyStore store, String password, X509Certificate first) {
    this.tls = tls;
    this.store = store;
    this.password = password;
    this.first = first;
  }

  /**
   * The certificate in a file.
   *
   * @param hosts that it should name
   * @throws ServerException if the file or its password cannot be used
   */
  static Certificate read(Listening.Tls tls, Set<String> hosts) {
    Path file = tls.keystore();
    String advice = "Make one with `" + keytool(tls, hosts) + "`";
    String password = password(tls.password(), advice);
    byte[] bytes = bytes(file, "keystore", advice);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password.toCharArray()) != null
            && store.getCertificate(alias) instanceof X509Certificate first) {
          return new Certificate(tls, store, password, first);
        }
      }
      throw refused("The keystore " + file + " holds no certificate with its key", advice, null);
    } catch (IOException | GeneralSecurityException e) {
      boolean locked =
          e instanceof UnrecoverableKeyException
              || e.getCause() instanceof UnrecoverableKeyException;
      throw locked
          ? refused(
              "The password in " + tls.password() + " does not open the keystore " + file,
              "Correct it, or name the right files",
              e)
          : refused(file + " is no PKCS12 keystore", advice, e);
    }
  }

  private static String password(Path file, String advice) {
    String password = new String(bytes(file, "password file", advice), UTF_8).strip();
    if (password.isEmpty()) {
      throw refused("The password file " + file + " is empty", "Write the password in it", null);
    }
    return password;
  }

  private static byte[] bytes(Path file, String what, String advice) {
    if (!Files.isRegularFile(file)) {
      throw refused("There is no %s %s".formatted(what, file), advice, null);
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw refused("The %s %s may not be read".formatted(what, file), "Let this user read it", e);
    }
  }

  private static ServerException refused(String given, String next, @Nullable Exception cause) {
    String allowed =
        "TLS takes a PKCS12 file with a certificate and its key, and a file with the" + " password";
    return cause == null
        ? new ServerException(given, allowed, next)
        : new ServerException(given, allowed, next, cause);
  }

  /** The line that makes a certificate for these hosts, in a file that is not there yet. */
  private static String keytool(Listening.Tls tls, Set<String> hosts) {
    Path file =
        Files.exists(tls.keystore()) ? tls.keystore().resolveSibling("doppel.p12") : tls.keystore();
    List<String> names = new ArrayList<>();
    for (String host : new TreeSet<>(hosts)) {
      String bare = bare(host);
      if (!isAddress(bare)) {
        names.add("dns:" + bare);
      } else if (hosts.size() <= FEW || bare.equals("127.0.0.1")) { // not those of all interfaces
        names.add("ip:" + bare);
      }
    }
    return "keytool -genkeypair -keyalg EC -validity 365 -storetype PKCS12 -keystore %s"
            .formatted(file)
        + " -storepass:file %s -dname CN=doppel -ext san=%s"
            .formatted(tls.password(), String.join(",", names));
  }

  private static String bare(String host) {
    return host.replaceAll("[\\[\\]]", "");
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  /**
   * What makes connections speak TLS.
   *
   * @param http what they speak within; is told that they are secure
   */
  SslConnectionFactory factory(HttpConnectionFactory http) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(store);
    context.setKeyStorePassword(password);
    context.setSniRequired(false);
    // Which hosts are answered is ours to say: Jetty would refuse those the certificate lacks.
    http.getHttpConfiguration().addCustomizer(new SecureRequestCustomizer(false));
    return new SslConnectionFactory(context, http.getProtocol());
  }

  /**
   * Warns where clients are going to refuse it.
   *
   * @param names that it must have, if any
   * @param hosts of which it must name one
   */
  void warn(Set<String> names, Set<String> hosts) {
    Set<String> named = names();
    boolean all = names.stream().allMatch(name -> covers(named, name));
    if (!all || hosts.stream().noneMatch(host -> covers(named, host))) {
      LOG.log(
          Level.WARNING,
          "the certificate in %s names %s, where the server goes by %s: clients will refuse it."
                  .formatted(
                      tls.keystore(),
                      named.isEmpty() ? "no host" : String.join(", ", named),
                      String.join(", ", new TreeSet<>(all ? hosts : names)))
              + " Make one that does: "
              + keytool(tls, hosts));
    }
    try {
      first.checkValidity();
    } catch (CertificateException e) {
      LOG.log(
          Level.WARNING,
          "the certificate in %s is valid from %s to %s only: clients will refuse it"
              .formatted(
                  tls.keystore(),
                  first.getNotBefore().toInstant(),
                  first.getNotAfter().toInstant()));
    }
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    try {
      Collection<List<?>> all = first.getSubjectAlternativeNames();
      for (List<?> each : all == null ? List.<List<?>>of() : all) {
        if (each.get(0).equals(DNS) || each.get(0).equals(IP)) {
          names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateException e) {
      LOG.log(Level.DEBUG, "names of a certificate that cannot be read", e);
    }
    return names;
  }

  private static boolean covers(Set<String> named, String host) {
    String bare = bare(host);
    return named.contains(bare) || named.contains("*" + bare.replaceFirst("^[^.]*", ""));
  }
}
