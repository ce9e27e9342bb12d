package io.millrace.edge;

import io.millrace.verify.Headers;
import io.millrace.verify.Verification;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which parts of a request are credentials, and blots them out before it is stored. */
final class Credentials {
  static final String MASK = "***";

  private static final Set<String> ALWAYS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final Set<String> headers;
  private final List<Pattern> parameters;

  private Credentials(Set<String> headers, List<Pattern> parameters) {
    this.headers = headers;
    this.parameters = List.copyOf(parameters);
  }

  static Credentials of(Verification verification) {
    Set<String> headers = new HashSet<>(ALWAYS);
    headers.addAll(verification.credentialHeaders());
    List<Pattern> parameters =
        verification.credentialParameters().stream()
            .map(name -> Pattern.compile("([?&]" + Pattern.quote(name) + "=)[^&#]*"))
            .toList();
    return new Credentials(headers, parameters);
  }

  /** The headers as stored, names in lower case. */
  Map<String, List<String>> mask(Headers received) {
    Map<String, List<String>> stored = new HashMap<>(received.asMap());
    stored.replaceAll(
        (name, values) ->
            headers.contains(name) ? values.stream().map(value -> MASK).toList() : values);
    return stored;
  }

  /**
   * The URL as stored.
   *
   * @param pathToken the raw path segment after the source's name; always taken for a credential
   */
  String mask(String url, Optional<String> pathToken) {
    String path = url.split("\\?", 2)[0];
    String query = url.substring(path.length());
    String maskedPath =
        pathToken
            .filter(path::endsWith)
            .map(token -> path.substring(0, path.length() - token.length()) + MASK)
            .orElse(path);
    String maskedQuery = query;
    for (Pattern parameter : parameters) {
      maskedQuery =
          parameter.matcher(maskedQuery).replaceAll("$1" + Matcher.quoteReplacement(MASK));
    }
    return maskedPath + maskedQuery;
  }
}
