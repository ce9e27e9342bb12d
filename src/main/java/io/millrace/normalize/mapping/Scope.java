package io.millrace.normalize.mapping;

import java.util.List;
import java.util.Map;

/**
 * What an expression can read: one element of a delivery and its surroundings.
 *
 * @param body the whole body
 * @param element the element the event is made from
 * @param each which of several records the event is about, where an element names more than one;
 *     null in the JSON sense where it does not
 * @param index the event's position in the delivery, from 0
 * @param headers the delivery's headers, names in lower case
 * @param data the event's data by canonical name, as far as it has been made
 * @param noun what the event is about: the first part of its type, as far as that is known
 */
public record Scope(
    Json body,
    Json element,
    Json each,
    int index,
    Map<String, List<String>> headers,
    Map<String, Json> data,
    String noun) {

  public static Scope of(Json body, Json element, int index, Map<String, List<String>> headers) {
    return new Scope(body, element, Json.Null.VALUE, index, headers, Map.of(), "");
  }

  /** The same for one of the records the element names. */
  public Scope withEach(Json record, int position) {
    return new Scope(body, element, record, position, headers, data, noun);
  }

  /** The same for one pair of a name and a value inside the element. */
  Scope within(Json pair, Map<String, Json> values) {
    return new Scope(body, pair, each, index, headers, values, "");
  }

  public Scope withData(Map<String, Json> values) {
    return new Scope(body, element, each, index, headers, values, noun);
  }

  public Scope withNoun(String name) {
    return new Scope(body, element, each, index, headers, data, name);
  }
}
