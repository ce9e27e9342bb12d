package io.millrace.normalize;

import io.millrace.event.Delivery;
import io.millrace.model.Reason;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.FieldPath;
import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The body of a delivery as data, parsed from JSON, a form or a SOAP message.
 *
 * @param root the data
 * @param text the text to which the spans of SOAP elements refer, in characters; empty for other
 *     formats
 * @param body the bytes to which the spans of other formats refer
 */
record Document(Json root, String text, ByteBuffer body) {
  /**
   * Reads the body of a delivery.
   *
   * @throws RefusedException UNREADABLE_BODY or EMPTY_DELIVERY
   */
  static Document of(EventExtraction extraction, Delivery delivery) throws RefusedException {
    byte[] body = JsonReader.withoutByteOrderMark(body(delivery));
    if (isBlank(body)) {
      throw new RefusedException(Reason.EMPTY_DELIVERY, "The body is empty.");
    }
    if (extraction.soap()) {
      JsonReader.requireUtf8(body);
      String text = new String(body, StandardCharsets.UTF_8);
      return new Document(SoapReader.read(text), text, ByteBuffer.wrap(body));
    }
    String contentType = header(delivery.getHeaders(), "content-type");
    if (!extraction.form() || isJson(contentType)) {
      return json(body);
    }
    Json form =
        contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")
            ? MultipartReader.read(body, contentType)
            : FormReader.read(body);
    return extraction.formField().isPresent()
        ? json(fieldOf(form, extraction.formField().get()))
        : new Document(withJson(form, extraction.jsonFields()), "", ByteBuffer.wrap(body));
  }

  /**
   * Only the media type counts, as when the signature was verified: a parameter named after JSON
   * must not change how a signed form is read.
   */
  private static boolean isJson(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    return type.endsWith("/json") || type.endsWith("+json");
  }

  private static boolean isBlank(byte[] body) {
    for (byte each : body) {
      if (!Character.isWhitespace((char) (each & 0xff))) {
        return false;
      }
    }
    return true;
  }

  private static Document json(byte[] body) throws RefusedException {
    return new Document(JsonReader.read(body), "", ByteBuffer.wrap(body));
  }

  /** The original bytes of a value; the whole body for a value without a span. */
  ByteBuffer original(Json value) {
    Json.Span span = value.span();
    if (span.equals(Json.Span.NONE)) {
      return body.duplicate();
    }
    return text.isEmpty()
        ? body.slice(span.start(), span.end() - span.start())
        : StandardCharsets.UTF_8.encode(text.substring(span.start(), span.end()));
  }

  private static byte[] fieldOf(Json form, FieldPath field) throws RefusedException {
    return field
        .first(form)
        .map(value -> value.text().getBytes(StandardCharsets.UTF_8))
        .orElseThrow(
            () ->
                new RefusedException(
                    Reason.EMPTY_DELIVERY, "The form has no field " + field + "."));
  }

  /** The form with some of its texts parsed as JSON. */
  private static Json withJson(Json form, Set<String> names) throws RefusedException {
    if (!(form instanceof Json.Fields fields) || names.isEmpty()) {
      return form;
    }
    Map<String, Json> members = new LinkedHashMap<>(fields.members());
    for (String name : names) {
      if (members.get(name) instanceof Json.Text written && !written.value().isBlank()) {
        byte[] json = written.value().getBytes(StandardCharsets.UTF_8);
        members.put(name, withoutSpans(JsonReader.read(json)));
      }
    }
    return new Json.Fields(members, fields.span());
  }

  /** Spans inside a field would refer to the bytes of the field, not of the body. */
  private static Json withoutSpans(Json value) {
    return switch (value) {
      case Json.Fields fields -> {
        Map<String, Json> members = new LinkedHashMap<>();
        fields.members().forEach((name, member) -> members.put(name, withoutSpans(member)));
        yield new Json.Fields(members, Json.Span.NONE);
      }
      case Json.Items items ->
          new Json.Items(
              items.elements().stream().map(Document::withoutSpans).toList(), Json.Span.NONE);
      case Json.Text text -> Json.Text.of(text.value());
      case Json.Literal literal -> new Json.Literal(literal.written(), Json.Span.NONE);
      case Json.Null none -> Json.Null.VALUE;
    };
  }

  private static byte[] body(Delivery delivery) throws RefusedException {
    ByteBuffer buffer = delivery.getBody().duplicate();
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    String encoding = header(delivery.getHeaders(), "content-encoding").toLowerCase(Locale.ROOT);
    if (encoding.isEmpty() || encoding.equals("identity")) {
      return body;
    }
    // The edge refuses it with 415. A small compressed body could become an event that is too
    // large.
    throw JsonReader.unreadable("it is encoded as '" + encoding + "'; send it without an encoding");
  }

  private static String header(Map<String, List<String>> headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst().strip();
  }
}
