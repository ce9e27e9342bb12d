package io.millrace.edge;

import io.millrace.verify.Headers;
import io.millrace.verify.ValueLocation;
import io.millrace.verify.Verification;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which parts of a request are credentials, and blots them out where a request is kept. */
final class Credentials {
  static final String MASK = "***";

  private static final Set<String> ALWAYS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final Set<String> headers;
  private final Optional<Pattern> queryParameter;
  private final Optional<Pattern> bodyField;

  private Credentials(
      Set<String> headers, Optional<Pattern> queryParameter, Optional<Pattern> bodyField) {
    this.headers = headers;
    this.queryParameter = queryParameter;
    this.bodyField = bodyField;
  }

  static Credentials of(Verification verification) {
    Set<String> headers = new HashSet<>(ALWAYS);
    headers.addAll(verification.credentialHeaders());
    return switch (verification) {
      case Verification.Token token ->
          new Credentials(
              headers, queryParameter(token.location()), bodyField(token.location()));
      case Verification.Signed signed -> withHeaders(headers);
      case Verification.Basic basic -> withHeaders(headers);
      case Verification.None none -> withHeaders(headers);
    };
  }

  /** What is a credential wherever it is sent. */
  static Credentials ofAnySender() {
    return withHeaders(ALWAYS);
  }

  private static Credentials withHeaders(Set<String> headers) {
    return new Credentials(headers, Optional.empty(), Optional.empty());
  }

  private static Optional<Pattern> queryParameter(ValueLocation location) {
    return location instanceof ValueLocation.InQuery query
        ? Optional.of(Pattern.compile("([?&]" + Pattern.quote(query.name()) + "=)[^&#]*"))
        : Optional.empty();
  }

  /** Found without parsing: a body that is broken or cut off has to be masked too. */
  private static Optional<Pattern> bodyField(ValueLocation location) {
    return switch (location) {
      case ValueLocation.InJson json -> Optional.of(jsonMember(json.path()));
      case ValueLocation.InForm form ->
          Optional.of(Pattern.compile("((?:^|&)" + Pattern.quote(form.name()) + "=)[^&]*"));
      case ValueLocation.InHeader header -> Optional.empty();
      case ValueLocation.InQuery query -> Optional.empty();
      case ValueLocation.InPath path -> Optional.empty();
    };
  }

  private static Pattern jsonMember(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    // Possessive, so that a body made to be slow to match is not.
    return Pattern.compile(
        "(\"" + Pattern.quote(name) + "\"\\s*+:\\s*+)(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[^\\s,}\\]]++)");
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
            .filter(token -> path.contains("/" + token))
            .map(token -> path.substring(0, path.lastIndexOf("/" + token) + 1) + MASK)
            .orElse(path);
    return maskedPath + mask(queryParameter, query, MASK);
  }

  /**
   * A body as it is shown; as it is stored it keeps what it holds, for it has to be read again.
   *
   * @param body a character for each byte
   */
  String maskBody(String body) {
    return mask(bodyField, body, "\"" + MASK + "\"");
  }

  private static String mask(Optional<Pattern> credential, String text, String mask) {
    return credential
        .map(it -> it.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(mask)))
        .orElse(text);
  }
}
