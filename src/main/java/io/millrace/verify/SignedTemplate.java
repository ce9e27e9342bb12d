package io.millrace.verify;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text a sender signs, as a template with tokens in braces ({@code {timestamp}.{body}}); parsed
 * once, when it is loaded.
 */
public final class SignedTemplate {
  private static final Pattern TOKEN = Pattern.compile("\\{([^{}]*)}");

  private static final String ONCE = "once:";
  private static final String MAYBE = "maybe:";
  private static final String LINES = "lines:";
  private static final String LISTED_HEADERS = "headers:";

  private final String text;
  private final List<TemplateToken> tokens;

  private SignedTemplate(String text, List<TemplateToken> tokens) {
    this.text = text;
    this.tokens = List.copyOf(tokens);
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException if a token is unknown, a brace is unmatched, or no part of the
   *     request is signed
   */
  public static SignedTemplate parse(String text) {
    SignedTemplate template = parseAny(text);
    if (template.tokens.stream().allMatch(TemplateToken.Literal.class::isInstance)) {
      throw new IllegalArgumentException("no part of the request is signed");
    }
    return template;
  }

  /** Parses a text that is compared rather than signed, so it may have no tokens. */
  static SignedTemplate parseAny(String text) {
    List<TemplateToken> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find()) {
      addLiteral(text.substring(end, matcher.start()), tokens);
      tokens.add(token(matcher.group(1)));
      end = matcher.end();
    }
    addLiteral(text.substring(end), tokens);
    if (tokens.stream().filter(TemplateToken.Url.class::isInstance).count() > 1) {
      throw new IllegalArgumentException("the URL can be signed only once");
    }
    return new SignedTemplate(text, tokens);
  }

  /** Returns the signed bytes for each spelling of the URL that may have been signed. */
  List<byte[]> render(SignedRequest request, Optional<String> timestamp, byte[] secret) {
    return render(request, timestamp, secret, "");
  }

  /** Returns the texts that a key may have signed. */
  List<byte[]> render(SignedRequest request, Optional<String> timestamp, KeyMaterial key) {
    return render(request, timestamp, key.secretBytes(), key.label());
  }

  private List<byte[]> render(
      SignedRequest request, Optional<String> timestamp, byte[] secret, String label) {
    List<byte[]> contents = new ArrayList<>();
    for (String url : urls(request)) {
      ByteArrayOutputStream content = new ByteArrayOutputStream(request.body().length + 256);
      TemplateToken.Attempt attempt =
          new TemplateToken.Attempt(request, url, timestamp, secret, label);
      tokens.forEach(token -> token.append(attempt, content));
      contents.add(content.toByteArray());
    }
    return contents;
  }

  boolean has(Class<? extends TemplateToken> type) {
    return tokens.stream().anyMatch(type::isInstance);
  }

  /** Whether every byte of the body is covered: as received, hashed, or as sorted form fields. */
  boolean coversBody() {
    return has(TemplateToken.Body.class)
        || has(TemplateToken.BodyDigest.class)
        || has(TemplateToken.SortedForm.class);
  }

  /** The headers whose values it contains. */
  Set<String> headers() {
    return tokens.stream()
        .flatMap(
            token ->
                token instanceof TemplateToken.Value value
                        && value.location() instanceof ValueLocation.InHeader header
                    ? Stream.of(header.name())
                    : Stream.empty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it joins the fields of a form without separators. */
  public boolean joinsForm() {
    return has(TemplateToken.SortedForm.class);
  }

  /** Whether it contains a value that its sender never uses for two different deliveries. */
  public boolean comesOnce() {
    return tokens.stream()
        .anyMatch(token -> token instanceof TemplateToken.Value value && value.once());
  }

  private Set<String> urls(SignedRequest request) {
    return tokens.stream()
        .filter(TemplateToken.Url.class::isInstance)
        .map(token -> ((TemplateToken.Url) token).form())
        .findFirst()
        .orElse(UrlForm.AS_RECEIVED)
        .spellings(request.url());
  }

  private static void addLiteral(String literal, List<TemplateToken> tokens) {
    if (literal.contains("{") || literal.contains("}")) {
      throw new IllegalArgumentException("a brace is unmatched");
    }
    if (!literal.isEmpty()) {
      tokens.add(new TemplateToken.Literal(literal));
    }
  }

  private static TemplateToken token(String name) {
    return switch (name) {
      case "body" -> new TemplateToken.Body();
      case "body:firstArrayElement" -> new TemplateToken.FirstElement();
      case "body:sha256hex" -> new TemplateToken.BodyDigest(Hash.SHA256, Encoding.HEX);
      case "body:sha256base64" -> new TemplateToken.BodyDigest(Hash.SHA256, Encoding.BASE64);
      case "body:crc32" -> new TemplateToken.BodyChecksum();
      case "path" -> new TemplateToken.Path();
      case "label" -> new TemplateToken.Label();
      case "timestamp" -> new TemplateToken.Timestamp();
      case "method" -> new TemplateToken.Method();
      case "url" -> new TemplateToken.Url(UrlForm.AS_RECEIVED);
      case "url:hubspot" -> new TemplateToken.Url(UrlForm.HUBSPOT);
      case "url:anyPort" -> new TemplateToken.Url(UrlForm.ANY_PORT);
      case "secret" -> new TemplateToken.SecretBytes();
      case "form:sorted" -> new TemplateToken.SortedForm();
      default -> named(name);
    };
  }

  private static TemplateToken named(String name) {
    if (name.startsWith(LINES)) {
      return new TemplateToken.Lines(names(name, LINES));
    }
    if (name.startsWith(LISTED_HEADERS)) {
      List<String> names = names(name.toLowerCase(Locale.ROOT), LISTED_HEADERS);
      if (names.size() != 2) {
        throw unknown(name);
      }
      return new TemplateToken.ListedHeaders(names.getFirst(), names.getLast());
    }
    return value(name);
  }

  private static List<String> names(String token, String kind) {
    List<String> names = List.of(token.substring(kind.length()).split(",", -1));
    if (names.stream().anyMatch(String::isBlank)) {
      throw unknown(token);
    }
    return names;
  }

  /**
   * Reads a value, which may be marked as single-use, {@code once:json:signature.token}, or as one
   * that may be missing, {@code maybe:json:note}.
   */
  private static TemplateToken.Value value(String name) {
    boolean once = name.startsWith(ONCE);
    boolean optional = name.startsWith(MAYBE);
    String place = once || optional ? name.substring(name.indexOf(':') + 1) : name;
    return new TemplateToken.Value(location(place), once, optional);
  }

  private static ValueLocation location(String name) {
    String[] parts = name.split(":", 2);
    String argument = parts.length == 2 ? parts[1] : "";
    if (argument.isBlank()) {
      throw unknown(name);
    }
    return switch (parts[0]) {
      case "header" -> new ValueLocation.InHeader(argument);
      case "json" -> new ValueLocation.InJson(argument);
      case "form" -> new ValueLocation.InForm(argument);
      case "query" -> new ValueLocation.InQuery(argument);
      default -> throw unknown(name);
    };
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException("{" + name + "} is not a token");
  }

  @Override
  public String toString() {
    return text;
  }
}
