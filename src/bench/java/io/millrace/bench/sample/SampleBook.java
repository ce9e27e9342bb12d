package io.millrace.bench.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The requests of one provider, as templates. Thread-safe. */
public final class SampleBook {
  private final String provider;
  private final Format format;
  private final Map<String, String> headers;
  private final JsonNode delivery;
  private final String ends;
  private final int largest;
  private final List<EventTemplate> opening;
  private final List<EventTemplate> later;

  /**
   * @param headers of every request, templates
   * @param delivery the template that contains its events
   * @param ends the text after it
   * @param largest the maximum number of generated events per request, at least 1; the real sender
   *     may use more
   */
  SampleBook(
      String provider,
      Format format,
      Map<String, String> headers,
      JsonNode delivery,
      String ends,
      int largest,
      List<EventTemplate> events) {
    this.provider = provider;
    this.format = format;
    this.headers = Map.copyOf(headers);
    this.delivery = delivery;
    this.ends = ends;
    this.largest = largest;
    this.opening = events.stream().filter(EventTemplate::first).toList();
    this.later = events.stream().filter(event -> !event.first()).toList();
  }

  /** The provider's name in the catalogue, or a variant's if its requests differ. */
  public String provider() {
    return provider;
  }

  /** The maximum number of events per request. */
  public int largest() {
    return largest;
  }

  /** The types of canonical events its requests become. */
  public Set<String> types() {
    Set<String> types = new LinkedHashSet<>();
    opening.forEach(event -> types.add(event.becomes()));
    later.forEach(event -> types.add(event.becomes()));
    return types;
  }

  /**
   * The next request.
   *
   * @param moments one for each event, by different people; from 1 to {@link #largest}
   */
  public SampleRequest request(List<Moment> moments) {
    List<String> becomes = new ArrayList<>();
    List<JsonNode> elements = new ArrayList<>();
    Map<String, String> filled = new LinkedHashMap<>();
    filled.put("Content-Type", format.contentType());
    Places outer = new Places(moments.get(0));
    for (Moment moment : moments) {
      EventTemplate event = next(moment.actor(), moment.chance());
      Places places = elements.isEmpty() ? outer : new Places(moment);
      elements.add(fill(event.body(), places, List.of()));
      event.headers().forEach((name, text) -> filled.put(name, header(text, places)));
      becomes.add(event.becomes());
    }
    headers.forEach((name, text) -> filled.putIfAbsent(name, header(text, outer)));
    byte[] body = format.bytes(fill(delivery, outer, elements), ends);
    return new SampleRequest(filled, body, becomes);
  }

  private EventTemplate next(Actor actor, RandomGenerator chance) {
    int told = actor.told();
    actor.tell();
    if (told < opening.size() || later.isEmpty()) {
      return opening.get(told % opening.size());
    }
    return later.get(chance.nextInt(later.size()));
  }

  private JsonNode fill(JsonNode template, Places places, List<JsonNode> elements) {
    if (format != Format.XML) {
      return Template.fill(template, places, elements);
    }
    String joined = elements.stream().map(JsonNode::asText).collect(Collectors.joining());
    String text = template.asText().replace(Template.ELEMENTS, joined);
    return TextNode.valueOf(Template.fill(text, places, SampleBook::escaped));
  }

  private static String header(String template, Places places) {
    return Template.fill(template, places, UnaryOperator.identity());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
