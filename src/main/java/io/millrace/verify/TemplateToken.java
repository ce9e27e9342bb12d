package io.millrace.verify;

import io.millrace.model.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.zip.CRC32;

/** One part of the text a sender signs. */
sealed interface TemplateToken {

  /** The request being verified, with the choices made for this attempt. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never kept.
  record Attempt(
      SignedRequest request, String url, Optional<String> timestamp, byte[] secret, String label) {}

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

  /**
   * The CRC-32 of the raw body, in decimal. It does not cover the body: others with the same
   * checksum are easily made.
   */
  record BodyChecksum() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      CRC32 checksum = new CRC32();
      checksum.update(attempt.request().body());
      content.writeBytes(utf8(Long.toString(checksum.getValue())));
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

  /** The path of the URL, without the query. */
  record Path() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(utf8(attempt.request().path()));
    }
  }

  /** The label of the secret. */
  record Label() implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      content.writeBytes(utf8(attempt.label()));
    }
  }

  /**
   * Fields of the JSON body that are there, each as a line with its name and one with its value.
   *
   * @param names in the order they are signed in
   */
  record Lines(List<String> names) implements TemplateToken {
    public Lines {
      names = List.copyOf(names);
    }

    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      for (String name : names) {
        JsonBody.value(attempt.request().body(), name)
            .ifPresent(value -> content.writeBytes(utf8(name + "\n" + value + "\n")));
      }
    }
  }

  /**
   * The headers that another header lists, sorted, as {@code name:value} with semicolons between
   * them; the list itself and the header of the time are always among them.
   */
  record ListedHeaders(String list, String time) implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      Headers headers = attempt.request().headers();
      SortedSet<String> names = new TreeSet<>(Set.of(list, time));
      for (String name : headers.only(list).orElse("").split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
      StringJoiner text = new StringJoiner(";");
      for (String name : names) {
        headers.only(name).ifPresent(value -> text.add(name + ":" + value.strip()));
      }
      content.writeBytes(utf8(text.toString()));
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
   * @param optional whether nothing is signed if it is missing
   */
  record Value(ValueLocation location, boolean once, boolean optional) implements TemplateToken {
    @Override
    public void append(Attempt attempt, ByteArrayOutputStream content) {
      Optional<String> value = location.read(attempt.request());
      if (value.isEmpty() && !optional) {
        throw new Refusal(
            Reason.MISSING_SIGNATURE,
            "The " + location.describe() + ", which is part of the signed text, is missing");
      }
      content.writeBytes(utf8(value.orElse("")));
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
