package io.millrace.source;

import io.millrace.event.Delivery;
import io.millrace.rule.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Takes a delivery apart into the elements that should become events. */
final class Splitter {
  /**
   * The largest batch of any known provider is 4,000 (Segment). A body of a few megabytes could
   * hold a million elements, and each would carry the delivery's headers.
   */
  static final int MAX_ELEMENTS = 10_000;

  /** What a compressed body may grow to, in bytes. */
  static final int MAX_BODY = 32 * 1024 * 1024;

  private Splitter() {}

  /**
   * The elements, in the order of the body; at least one.
   *
   * @throws RefusedException UNREADABLE_BODY, EMPTY_DELIVERY or EVENT_TOO_LARGE when the delivery
   *     as a whole cannot be taken apart
   */
  static List<Element> split(EventExtraction extraction, Delivery delivery)
      throws RefusedException {
    byte[] body = JsonReader.withoutByteOrderMark(body(delivery));
    if (new String(body, StandardCharsets.ISO_8859_1).isBlank()) {
      throw new RefusedException(Reason.EMPTY_DELIVERY, "The body is empty.");
    }
    Map<String, List<String>> headers = delivery.getHeaders();
    boolean form = extraction.form() && !header(headers, "content-type").contains("json");
    Json document = form ? FormReader.read(body) : JsonReader.read(body);
    if (form && extraction.formField().isPresent()) {
      body = fieldOf(document, extraction.formField().get());
      document = JsonReader.read(body);
    }
    List<Json> values = values(extraction.items(), document);
    List<Element> elements = new ArrayList<>(values.size());
    for (int index = 0; index < values.size(); index++) {
      Json value = values.get(index);
      elements.add(
          new Element(slice(body, value.span()), Scope.of(document, value, index, headers)));
    }
    return elements;
  }

  private static List<Json> values(Optional<FieldPath> items, Json document)
      throws RefusedException {
    if (items.isEmpty()) {
      return List.of(document);
    }
    List<Json> values = new ArrayList<>();
    for (Json found : items.get().all(document)) {
      // A provider that sends batches may send a single event without the list around it.
      if (found instanceof Json.Items list) {
        values.addAll(list.elements());
      } else {
        values.add(found);
      }
    }
    if (values.isEmpty()) {
      throw new RefusedException(
          Reason.EMPTY_DELIVERY, "There is no event in the body (looked at " + items.get() + ").");
    }
    if (values.size() > MAX_ELEMENTS) {
      throw new RefusedException(
          Reason.EVENT_TOO_LARGE,
          "The batch has " + values.size() + " elements; at most " + MAX_ELEMENTS + " are taken.");
    }
    return values;
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

  private static ByteBuffer slice(byte[] body, Json.Span span) {
    return ByteBuffer.wrap(body, span.start(), span.end() - span.start()).slice();
  }

  private static byte[] body(Delivery delivery) throws RefusedException {
    ByteBuffer buffer = delivery.getBody().duplicate();
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    String encoding = header(delivery.getHeaders(), "content-encoding");
    if (encoding.isEmpty() || encoding.equals("identity")) {
      return body;
    }
    if (!encoding.equals("gzip")) {
      throw JsonReader.unreadable("it is encoded as '" + encoding + "', only gzip is understood");
    }
    return unzipped(body);
  }

  private static byte[] unzipped(byte[] body) throws RefusedException {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] plain = stream.readNBytes(MAX_BODY + 1);
      if (plain.length > MAX_BODY) {
        throw JsonReader.unreadable("uncompressed it is larger than " + MAX_BODY + " bytes");
      }
      return plain;
    } catch (IOException failure) {
      throw JsonReader.unreadable("it is not valid gzip (" + failure.getMessage() + ")");
    }
  }

  private static String header(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream()
        .findFirst()
        .map(value -> value.strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }
}
