package io.millrace.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.ValueLocation;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of an answer: a fixed text, in which {@code {json:action}} is replaced by that value of
 * the request. The sender chose the value, so it is escaped as part of a JSON text, and one that no
 * provider would send is left empty. Nothing else can be written into an answer.
 *
 * @param written the text with its placeholders
 */
public record ReplyBody(String written) {
  private static final Pattern GAP = Pattern.compile("\\{json:([^{}]*)}");
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_$-]+(\\.[A-Za-z0-9_$-]+)*");

  /** As long as any word that a provider wants back. */
  private static final Pattern HARMLESS = Pattern.compile("[\\x20-\\x7e]{1,256}");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * @throws IllegalArgumentException when a placeholder is not one, or the text is not JSON once
   *     they are filled
   */
  public ReplyBody {
    Matcher gap = GAP.matcher(written);
    boolean hasGaps = false;
    while (gap.find()) {
      hasGaps = true;
      if (!PATH.matcher(gap.group(1)).matches()) {
        throw new IllegalArgumentException(
            "'" + gap.group() + "' is not a placeholder like {json:action}");
      }
    }
    // A quote shows that every placeholder is inside a JSON text: elsewhere it would not be
    // escaped.
    if (hasGaps && !isJson(filled(written, path -> "\""))) {
      throw new IllegalArgumentException(
          "a body with {json:...} has to be JSON, with each placeholder inside a text");
    }
  }

  /** Whether it depends on the request. */
  boolean hasPlaceholders() {
    return GAP.matcher(written).find();
  }

  /** The body that answers a request. */
  public String answering(SignedRequest request) {
    return hasPlaceholders() ? filled(written, path -> value(path, request)) : written;
  }

  private static String value(String path, SignedRequest request) {
    Optional<String> found = new ValueLocation.InJson(path).find(request);
    return found.filter(text -> HARMLESS.matcher(text).matches()).orElse("");
  }

  private static String filled(String written, UnaryOperator<String> values) {
    return GAP.matcher(written)
        .replaceAll(
            gap ->
                Matcher.quoteReplacement(
                    new String(
                        JsonStringEncoder.getInstance()
                            .quoteAsString(values.apply(gap.group(1))))));
  }

  private static boolean isJson(String text) {
    try {
      JSON.readTree(text);
      return true;
    } catch (JsonProcessingException invalid) {
      return false;
    }
  }
}
