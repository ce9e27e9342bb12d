package io.millrace.edge.admit;

import io.millrace.source.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the URL a sender called, as it signed it: the configured one, the one reported by trusted
 * proxies, or the one received. Path and query are never decoded or normalised.
 */
public final class PublicUrl {
  private static final Pattern SCHEME = Pattern.compile("https?");
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[0-9]{1,5})?");
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
  private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9._~!$&'()*+=:@%-]+)+/?");

  private PublicUrl() {}

  public static String of(
      HttpServletRequest request, Source source, Optional<String> pathToken, Client client) {
    String path =
        source
            .publicUrl()
            .map(configured -> configured + pathToken.map(token -> "/" + token).orElse(""))
            .orElseGet(() -> path(request, client));
    return path + query(request);
  }

  /** The URL of a request without a source, which could configure the one its sender uses. */
  public static String asReceived(HttpServletRequest request, Client client) {
    return path(request, client) + query(request);
  }

  private static String path(HttpServletRequest request, Client client) {
    return origin(request, client.forwarded()) + prefix(client) + request.getRequestURI();
  }

  private static String query(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? "" : "?" + query;
  }

  private static String origin(HttpServletRequest request, Client.Forwarded forwarded) {
    String scheme =
        forwarded
            .scheme()
            .map(text -> text.toLowerCase(Locale.ROOT))
            .filter(SCHEME.asMatchPredicate())
            .orElseGet(request::getScheme);
    String host = forwarded.host().filter(HOST.asMatchPredicate()).orElseGet(() -> host(request));
    return scheme + "://" + host + port(scheme, host, forwarded);
  }

  private static String host(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Host"))
        .filter(given -> !given.isBlank())
        .orElseGet(() -> request.getServerName() + ":" + request.getServerPort());
  }

  /** Some proxies report the port separately; senders omit the default port of the scheme. */
  private static String port(String scheme, String host, Client.Forwarded forwarded) {
    boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
    String usual = scheme.equals("https") ? "443" : "80";
    return forwarded
        .port()
        .filter(PORT.asMatchPredicate())
        .filter(port -> !hasPort && !port.equals(usual))
        .map(port -> ":" + port)
        .orElse("");
  }

  private static String prefix(Client client) {
    return client
        .forwarded()
        .prefix()
        .filter(PREFIX.asMatchPredicate())
        .map(prefix -> prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix)
        .orElse("");
  }
}
