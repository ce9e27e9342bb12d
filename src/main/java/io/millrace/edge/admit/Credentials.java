package io.millrace.edge.admit;

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

/** Knows which parts of a request are credentials, and masks them where a request is kept. */
public final class Credentials {
  public static final String MASK = "***";

  private static final Set<String> ALWAYS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final Set<String> headers;
  private final List<Pattern> parameters;
  private final List<Pattern> fields;

  private Credentials(Set<String> headers, List<Pattern> parameters, List<Pattern> fields) {
    this.headers = headers;
    this.parameters = List.copyOf(parameters);
    this.fields = List.copyOf(fields);
  }

  static Credentials of(Verification verification) {
    Set<String> headers = new HashSet<>(ALWAYS);
    headers.addAll(verification.credentialHeaders());
    List<Pattern> parameters =
        verification.credentialParameters().stream()
            .map(name -> Pattern.compile("([?&]" + Pattern.quote(name) + "=)[^&#]*"))
            .toList();
    List<Pattern> fields =
        verification.credentials().stream().flatMap(place -> field(place).stream()).toList();
    return new Credentials(headers, parameters, fields);
  }

  /** The headers that are credentials for every sender. */
  public static Credentials ofAnySender() {
    return new Credentials(ALWAYS, List.of(), List.of());
  }

  /** Works without parsing, because a broken or truncated body has to be masked too. */
  private static Optional<Pattern> field(ValueLocation place) {
    return switch (place) {
      case ValueLocation.InJson json -> Optional.of(jsonMember(json.path()));
      case ValueLocation.InForm form ->
          Optional.of(Pattern.compile("((?:^|&)" + Pattern.quote(form.name()) + "=)[^&]*"));
      case ValueLocation.InHeader header -> Optional.empty();
      case ValueLocation.InQuery query -> Optional.empty();
      case ValueLocation.InPath path -> Optional.empty();
    };
  }

  private static Pattern jsonMember(String path) {
    String name = Pattern.quote(path.substring(path.lastIndexOf('.') + 1));
    // Possessive, so a crafted body cannot make the match slow.
    return Pattern.compile(
        "(\"" + name + "\"\\s*+:\\s*+)(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[^\\s,}\\]]++)");
  }

  /** Returns the headers as they are stored, with names in lower case. */
  public Map<String, List<String>> mask(Headers received) {
    Map<String, List<String>> stored = new HashMap<>(received.asMap());
    stored.replaceAll(
        (name, values) ->
            headers.contains(name) ? values.stream().map(value -> MASK).toList() : values);
    return stored;
  }

  /**
   * Returns the URL as it is stored.
   *
   * @param pathToken the raw path segment after the source's name; always treated as a credential
   */
  public String mask(String url, Optional<String> pathToken) {
    String path = url.split("\\?", 2)[0];
    String query = url.substring(path.length());
    String maskedPath =
        pathToken
            .filter(token -> path.contains("/" + token))
            .map(token -> path.substring(0, path.lastIndexOf("/" + token) + 1) + MASK)
            .orElse(path);
    return maskedPath + mask(parameters, query, MASK);
  }

  /**
   * Returns a body as it is shown. The stored body is not masked, because the flow has to read it.
   *
   * @param body one character per byte
   */
  public String maskBody(String body) {
    return mask(fields, body, "\"" + MASK + "\"");
  }

  private static String mask(List<Pattern> credentials, String text, String mask) {
    String masked = text;
    for (Pattern credential : credentials) {
      masked = credential.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(mask));
    }
    return masked;
  }
}
