package dev.doppel.server.guard;

import dev.doppel.server.error.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other web sites' pages from using a person's browser to get at this server.
 *
 * <p>A page elsewhere can send requests here, and through DNS rebinding even under its own name: so
 * the host must be one of ours, and what changes something must come from our own page or from no
 * page at all. Immutable and thread-safe.
 */
public final class Origins {

  private final Set<String> hosts;
  private final String url;

  /**
   * @param hosts the names and addresses, without ports, that this server goes by; none if any will
   *     do
   * @param url where it is reached, for advice
   */
  public Origins(Set<String> hosts, String url) {
    this.hosts = hosts.stream().map(Origins::name).collect(Collectors.toUnmodifiableSet());
    this.url = url;
  }

  /**
   * Lets a request pass, or not.
   *
   * @throws Refusal if it was sent to another host or by another site's page
   */
  void check(Visit visit) {
    String host = visit.host();
    if (!hosts.isEmpty() && (host == null || !hosts.contains(name(host)))) {
      throw new Refusal(
          403,
          "wrong_host",
          "A request for another host",
          "This server answers only under the names it was given",
          "Use " + url + ", or start it with --allow-host NAME");
    }
    if (visit.looksOnly()) {
      return;
    }
    String site = visit.fetchSite();
    boolean elsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
    if (elsewhere || !sameOrigin(visit.origin(), host)) {
      throw new Refusal(
          403,
          "cross_origin",
          "A request that another site's page sent",
          "Only this server's own page, or a program, may change things",
          "Use the page of this server");
    }
  }

  private static boolean sameOrigin(@Nullable String origin, @Nullable String host) {
    if (origin == null) {
      return true; // no browser
    }
    int scheme = origin.indexOf("://");
    return scheme > 0 && host != null && plain(origin.substring(scheme + 3)).equals(plain(host));
  }

  /** Without the port that goes without saying, behind whatever proxy. */
  private static String plain(String authority) {
    return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
  }

  private static String name(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("[")) {
      return lower.replaceFirst(":[0-9]{1,5}$", "");
    }
    String address = lower.replaceFirst("\\]:[0-9]{1,5}$", "]");
    try { // an address of version 6 can be written in many ways
      return InetAddress.getByName(address).getHostAddress();
    } catch (UnknownHostException e) {
      return address; // none of ours
    }
  }
}
