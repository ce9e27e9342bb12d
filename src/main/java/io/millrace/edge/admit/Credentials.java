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

/** Which parts of a request are credentials, and blots them out where a request is kept. */
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

  /** What is a credential wherever it is sent. */
  public static Credentials ofAnySender() {
    return new Credentials(ALWAYS, List.of(), List.of());
  }

  /** Found without parsing: a body that is broken or cut off has to be masked too. */
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
    // Possessive, so that a body made to be slow to match is not.
    return Pattern.compile(
        "(\"" + name + "\"\\s*+:\\s*+)(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[^\\s,}\\]]++)");
  }

  /** The headers as stored, names in lower case. */
  public Map<String, List<String>> mask(Headers received) {
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
   * A body as it is shown; as it is stored it keeps what it holds, for it has to be read again.
   *
   * @param body a character for each byte
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
