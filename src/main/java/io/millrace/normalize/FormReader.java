package io.millrace.normalize;

import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.RefusedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Reads a body of type {@code application/x-www-form-urlencoded} as an object of texts. */
final class FormReader {
  private FormReader() {}

  /**
   * Reads the whole body.
   *
   * @throws RefusedException UNREADABLE_BODY for an invalid escape, invalid UTF-8, a name that is
   *     nested too deeply or more than 10,000 fields
   */
  static Json read(byte[] body) throws RefusedException {
    JsonReader.requireUtf8(body);
    FormObject fields = new FormObject();
    // One more than permitted, so that the excess is detected without splitting everything.
    String text = new String(body, StandardCharsets.UTF_8);
    for (String pair : text.split("&", FormObject.MAX_FIELDS + 1)) {
      if (!pair.isBlank()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        fields.put(name, decoded(equals < 0 ? "" : pair.substring(equals + 1)));
      }
    }
    return fields.toJson(new Json.Span(0, body.length));
  }

  private static String decoded(String text) throws RefusedException {
    try {
      return URLDecoder.decode(text.strip(), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException failure) {
      throw JsonReader.unreadable("the form has a broken escape (" + failure.getMessage() + ")");
    }
  }
}
