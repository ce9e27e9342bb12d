package io.millrace.edge.admit;

import io.millrace.source.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address a sender sent its request to, as it signed it: as configured, or as trusted proxies
 * tell, or as received. Path and query are never decoded nor put into another form.
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

  /** The address a request came to, where no source says what its sender knows. */
  public static String asReceived(HttpServletRequest request, Client client) {
    return path(request, client) + query(request);
  }

  private static String path(HttpServletRequest request, Client client) {
    return origin(request, client.told()) + prefix(client) + request.getRequestURI();
  }

  private static String query(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? "" : "?" + query;
  }

  private static String origin(HttpServletRequest request, Client.Told told) {
    String scheme =
        told.scheme()
            .map(text -> text.toLowerCase(Locale.ROOT))
            .filter(SCHEME.asMatchPredicate())
            .orElseGet(request::getScheme);
    String host = told.host().filter(HOST.asMatchPredicate()).orElseGet(() -> host(request));
    return scheme + "://" + host + port(scheme, host, told);
  }

  private static String host(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Host"))
        .filter(given -> !given.isBlank())
        .orElseGet(() -> request.getServerName() + ":" + request.getServerPort());
  }

  /** Told apart from the host by some proxies; senders leave the usual one of a scheme out. */
  private static String port(String scheme, String host, Client.Told told) {
    boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
    String usual = scheme.equals("https") ? "443" : "80";
    return told.port()
        .filter(PORT.asMatchPredicate())
        .filter(port -> !hasPort && !port.equals(usual))
        .map(port -> ":" + port)
        .orElse("");
  }

  private static String prefix(Client client) {
    return client
        .told()
        .prefix()
        .filter(PREFIX.asMatchPredicate())
        .map(prefix -> prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix)
        .orElse("");
  }
}
