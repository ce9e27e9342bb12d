package io.millrace.normalize;

import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;

/**
 * Reads a body of type {@code multipart/form-data} (RFC 7578) as an object of texts, just as {@link
 * FormReader} reads the other kind of form. Of a file only the name is kept: no provider sends
 * relevant files.
 */
final class MultipartReader {
  private static final MimeConfig LIMITS =
      new MimeConfig.Builder()
          .setStrictParsing(true)
          // A field may be one long line of JSON; the size of the body was limited before.
          .setMaxLineLen(-1)
          .setMaxHeaderCount(20)
          .setMaxHeaderLen(4096)
          .setMaxContentLen(-1)
          .build();

  private final MimeTokenStream parts = new MimeTokenStream(LIMITS);
  private final FormObject fields = new FormObject();

  private MultipartReader() {}

  /**
   * Reads the whole body.
   *
   * @param contentType the header of the request, which names the boundary
   * @throws RefusedException UNREADABLE_BODY where the parts are framed badly, are not UTF-8 or too
   *     many
   */
  static Json read(byte[] body, String contentType) throws RefusedException {
    JsonReader.requireUtf8(body);
    MultipartReader reader = new MultipartReader();
    try {
      reader.readParts(body, contentType);
    } catch (MimeException | IOException | IllegalArgumentException broken) {
      throw JsonReader.unreadable("it is not a multipart form (" + broken.getMessage() + ")");
    }
    return reader.fields.toJson(new Json.Span(0, body.length));
  }

  private void readParts(byte[] body, String contentType)
      throws MimeException, IOException, RefusedException {
    parts.parseHeadless(new ByteArrayInputStream(body), contentType);
    Optional<RawField> disposition = Optional.empty();
    for (EntityState state = parts.getState();
        state != EntityState.T_END_OF_STREAM;
        state = parts.next()) {
      if (state == EntityState.T_START_HEADER) {
        disposition = Optional.empty();
      } else if (state == EntityState.T_FIELD && isDisposition(parts.getField())) {
        disposition = Optional.of(raw(parts.getField()));
      } else if (state == EntityState.T_BODY) {
        add(disposition);
      }
    }
  }

  private static boolean isDisposition(Field field) {
    return field.getNameLowerCase().equals("content-disposition");
  }

  private static RawField raw(Field field) throws MimeException {
    return RawFieldParser.DEFAULT.parseField(field.getRaw());
  }

  private void add(Optional<RawField> disposition) throws IOException, RefusedException {
    Optional<String> name = disposition.flatMap(field -> parameter(field, "name"));
    if (name.isEmpty()) {
      throw JsonReader.unreadable("a part of the form has no name");
    }
    Optional<String> file = disposition.flatMap(field -> parameter(field, "filename"));
    byte[] content = parts.getDecodedInputStream().readAllBytes();
    fields.put(name.get(), file.orElseGet(() -> new String(content, StandardCharsets.UTF_8)));
  }

  private static Optional<String> parameter(RawField field, String name) {
    return RawFieldParser.DEFAULT.parseRawBody(field).getParams().stream()
        .filter(parameter -> parameter.getName().equalsIgnoreCase(name))
        .map(NameValuePair::getValue)
        .findFirst();
  }
}
