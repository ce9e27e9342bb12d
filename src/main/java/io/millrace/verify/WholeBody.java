package io.millrace.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Recognises bodies that nobody could have made longer. Whoever has seen a plain hash of a secret
 * and a body can compute the hash of that body with padding and any text after it (length
 * extension), without the secret; the padding is neither UTF-8 nor JSON.
 */
final class WholeBody {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  private WholeBody() {}

  /** Whether the body is empty, one JSON document, or a form, in UTF-8. */
  static boolean isIn(SignedRequest request) {
    try {
      // Jackson cannot parse bytes without keeping their names in a table that is never emptied.
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
      return text.isEmpty() || isForm(request, text) || isJson(text);
    } catch (CharacterCodingException binary) {
      return false;
    }
  }

  /** A form has no control characters; they would be escaped. */
  private static boolean isForm(SignedRequest request, String text) {
    return request.isForm() && text.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      boolean hasValue = parser.nextToken() != null;
      parser.skipChildren();
      return hasValue && parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }
}
