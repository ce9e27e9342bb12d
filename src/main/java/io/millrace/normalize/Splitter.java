package io.millrace.normalize;

import io.millrace.model.Reason;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.FieldPath;
import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.RefusedException;
import io.millrace.normalize.mapping.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Splits a delivery into the elements that should become events. */
final class Splitter {
  /** The most bytes into which one element may be multiplied. */
  private static final long MOST_BYTES = 32L * 1024 * 1024;

  /**
   * The largest batch of any known provider is 4,000 (Segment). A body of a few megabytes could
   * contain a million elements, and each would carry the delivery's headers.
   */
  static final int MAX_ELEMENTS = 10_000;

  private Splitter() {}

  /**
   * The elements, in the order of the body; at least one.
   *
   * @throws RefusedException EMPTY_DELIVERY or EVENT_TOO_LARGE when the delivery as a whole cannot
   *     be split
   */
  static List<Element> split(
      EventExtraction extraction, Document document, Map<String, List<String>> headers)
      throws RefusedException {
    List<Element> elements = new ArrayList<>();
    for (Json value : values(extraction.items(), document.root())) {
      Scope scope = Scope.of(document.root(), value, elements.size(), headers);
      List<Json> repeated =
          extraction.repeat().map(path -> listed(path.values(scope))).orElse(List.of());
      ByteBuffer original = document.original(value);
      if (repeated.isEmpty()) {
        elements.add(new Element(original, original, scope));
      }
      requireSmall(original.remaining(), repeated.size());
      for (int number = 0; number < repeated.size(); number++) {
        Json each = repeated.get(number);
        ByteBuffer kept = number == 0 ? original : naming(each, document, original);
        elements.add(new Element(original, kept, scope.withEach(each, elements.size())));
      }
      requireFew(elements.size());
    }
    return elements;
  }

  /** What tells one record of an element from the others. */
  private static ByteBuffer naming(Json each, Document document, ByteBuffer original) {
    return switch (each) {
      case Json.Text text -> StandardCharsets.UTF_8.encode(text.value());
      case Json.Literal literal -> StandardCharsets.UTF_8.encode(literal.written());
      case Json.Fields fields -> document.original(fields);
      case Json.Items items -> document.original(items);
      case Json.Null none -> original.duplicate();
    };
  }

  private static List<Json> values(List<FieldPath> items, Json document) throws RefusedException {
    if (items.isEmpty()) {
      return List.of(document);
    }
    List<Json> values =
        items.stream()
            .map(path -> listed(path.all(document)))
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElse(List.of());
    if (values.isEmpty()) {
      throw new RefusedException(
          Reason.EMPTY_DELIVERY,
          "There is no event in the body (looked at " + inWords(items) + ").");
    }
    requireFew(values.size());
    return values;
  }

  private static String inWords(List<FieldPath> items) {
    return String.join(" and ", items.stream().map(FieldPath::toString).toList());
  }

  /** A provider that sends batches may send a single event without the list around it. */
  private static List<Json> listed(List<Json> found) {
    List<Json> values = new ArrayList<>();
    for (Json value : found) {
      if (value instanceof Json.Items list) {
        values.addAll(list.elements());
      } else {
        values.add(value);
      }
    }
    return values;
  }

  /** Every record of an element gets all of its data: a body must not grow without bound. */
  private static void requireSmall(long bytes, int times) throws RefusedException {
    if (bytes * times > MOST_BYTES) {
      throw new RefusedException(
          Reason.EVENT_TOO_LARGE,
          "An event of "
              + bytes
              + " bytes names "
              + times
              + " records, which is too large to split.");
    }
  }

  private static void requireFew(int count) throws RefusedException {
    if (count > MAX_ELEMENTS) {
      throw new RefusedException(
          Reason.EVENT_TOO_LARGE,
          "The batch has " + count + " elements; at most " + MAX_ELEMENTS + " are accepted.");
    }
  }
}
