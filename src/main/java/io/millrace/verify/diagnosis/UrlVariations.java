package io.millrace.verify.diagnosis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** URLs the sender may have called, other than the one its request was received at. */
final class UrlVariations {
  private static final List<UnaryOperator<String>> CHANGES =
      List.of(
          UrlVariations::otherScheme,
          UrlVariations::otherEnd,
          UrlVariations::withoutPort,
          UrlVariations::withoutQuery);

  private UrlVariations() {}

  /** Applies each change and all combinations of changes. */
  static Set<String> of(String url) {
    Set<String> urls = new LinkedHashSet<>(List.of(url));
    for (UnaryOperator<String> change : CHANGES) {
      for (String known : List.copyOf(urls)) {
        urls.add(change.apply(known));
      }
    }
    urls.remove(url);
    return urls;
  }

  /** A difference that occurs when TLS ends at a proxy. */
  private static String otherScheme(String url) {
    if (url.startsWith("http://")) {
      return "https://" + url.substring("http://".length());
    }
    return url.replaceFirst("^https://", "http://");
  }

  private static String otherEnd(String url) {
    String path = url.split("[?#]", 2)[0];
    String rest = url.substring(path.length());
    return path.endsWith("/") ? path.substring(0, path.length() - 1) + rest : path + "/" + rest;
  }

  private static String withoutPort(String url) {
    return url.replaceFirst("^(https?://[^/?#]*?):\\d+", "$1");
  }

  private static String withoutQuery(String url) {
    return url.split("[?#]", 2)[0];
  }
}
