package io.millrace.source;

import java.util.List;
import java.util.Map;

/**
 * What an expression may look at: one element of a delivery and what surrounds it.
 *
 * @param body the whole body
 * @param element the element the event is made from
 * @param index the element's position in the delivery, from 0
 * @param headers the delivery's headers, names in lower case
 * @param data the event's data by canonical name, as far as it has been made
 * @param noun what the event is about: the first part of its type, as far as that is known
 */
record Scope(
    Json body,
    Json element,
    int index,
    Map<String, List<String>> headers,
    Map<String, Json> data,
    String noun) {

  static Scope of(Json body, Json element, int index, Map<String, List<String>> headers) {
    return new Scope(body, element, index, headers, Map.of(), "");
  }

  Scope withData(Map<String, Json> values) {
    return new Scope(body, element, index, headers, values, noun);
  }

  Scope withNoun(String name) {
    return new Scope(body, element, index, headers, data, name);
  }
}
