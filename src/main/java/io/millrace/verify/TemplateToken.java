package io.millrace.verify;

import io.millrace.model.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One part of the text a sender signs. */
sealed interface TemplateToken {

  /** The request being verified, with the choices made for this attempt. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never kept.
  record Attempt(SignedRequest request, String url, Optional<String> timestamp, byte[] secret) {}

  void append(Attempt attempt, ByteArrayOutputStream content);

  /** Text that is the same in every request. */
  record Literal(String text) implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(utf8(text));
    }
  }

  /** The raw body. */
  record Body() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(attempt.request().body());
    }
  }

  /** A hash of the raw body, as text. */
  record BodyDigest(Hash hash, Encoding encoding) implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(utf8(encoding.encode(hash.of(attempt.request().body()))));
    }
  }

  /** The raw bytes of the first object in an array. */
  record FirstElement() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(JsonBody.firstElement(attempt.request().body()));
    }
  }

  /** The time exactly as the sender wrote it. */
  record Timestamp() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(utf8(attempt.timestamp().orElseThrow()));
    }
  }

  /** The HTTP method. */
  record Method() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(utf8(attempt.request().method()));
    }
  }

  /** The URL in one of its spellings. */
  record Url(UrlForm form) implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(utf8(attempt.url()));
    }
  }

  /** The secret itself, for a plain hash. */
  record SecretBytes() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(attempt.secret());
    }
  }

  /**
   * A value from somewhere in the request.
   *
   * @param once whether its sender never uses it for two different deliveries
   */
  record Value(ValueLocation location, boolean once) implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      String value =
          location
              .read(attempt.request())
              .orElseThrow(
                  () ->
                      new Refusal(
                          Reason.MISSING_SIGNATURE,
                          "The "
                              + location.describe()
                              + ", which is part of the signed text, is missing"));
      content.writeBytes(utf8(value));
    }
  }

  /** All fields of a form, sorted; nothing if the body is not a form. */
  record SortedForm() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      attempt.request().form().ifPresent(form -> content.writeBytes(utf8(form.sorted())));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
