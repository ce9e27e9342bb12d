package io.millrace.normalize;

import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.RefusedException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a SOAP message as an object of its elements, without their namespaces. An element without
 * children is a text, one with {@code xsi:nil} is null, one that repeats is a list, and {@code
 * xsi:type="sf:Lead"} becomes the member {@code @type} with the value Lead; other attributes are
 * ignored. Document types and custom entities are refused, so nothing is fetched or expanded.
 */
public final class SoapReader {
  /** In elements; more than any sender has, and small enough for the recursion here. */
  static final int MAX_DEPTH = 100;

  private static final String NOT_XML = "it is not a SOAP message";

  private final String text;
  private final XMLStreamReader xml;

  /** Where the next event begins, in characters. */
  private int position;

  private SoapReader(String text) throws XMLStreamException {
    this.text = text;
    // A factory for each message: it is not documented to be thread-safe.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    this.xml = factory.createXMLStreamReader(new StringReader(text));
  }

  /**
   * Reads the whole message; its root element, the envelope, is the document. Spans count
   * characters, not bytes.
   *
   * @throws RefusedException UNREADABLE_BODY when the text is not XML, contains a document type, or
   *     is nested deeper than {@link #MAX_DEPTH}
   */
  public static Json read(String text) throws RefusedException {
    try {
      return new SoapReader(text).document();
    } catch (XMLStreamException failure) {
      throw JsonReader.unreadable(NOT_XML + " (line " + line(failure) + ")");
    } catch (RuntimeException failure) {
      // Some parsers throw this instead, for example for a name of a megabyte.
      throw JsonReader.unreadable(NOT_XML + " (" + failure.getClass().getSimpleName() + ")");
    }
  }

  private static int line(XMLStreamException failure) {
    return Optional.ofNullable(failure.getLocation())
        .map(javax.xml.stream.Location::getLineNumber)
        .orElse(1);
  }

  private Json document() throws XMLStreamException, RefusedException {
    Optional<Json> root = Optional.empty();
    while (xml.hasNext()) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        root = Optional.of(element(1));
      }
    }
    return root.orElseThrow(() -> JsonReader.unreadable(NOT_XML));
  }

  private int next() throws XMLStreamException, RefusedException {
    position = Math.max(position, xml.getLocation().getCharacterOffset());
    int event = xml.next();
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw JsonReader.unreadable("it holds a document type or an entity, which is refused");
    }
    return event;
  }

  private Json element(int depth) throws XMLStreamException, RefusedException {
    if (depth > MAX_DEPTH) {
      throw JsonReader.unreadable("it is nested deeper than " + MAX_DEPTH + " elements");
    }
    int start = start();
    Map<String, List<Json>> members = new LinkedHashMap<>();
    boolean nil = Boolean.parseBoolean(instanceAttribute("nil").orElse("false"));
    instanceAttribute("type")
        .ifPresent(
            type ->
                members.put("@type", List.of(Json.Text.of(type.substring(type.indexOf(':') + 1)))));
    StringBuilder characters = new StringBuilder();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        String name = xml.getLocalName();
        Json child = element(depth + 1);
        members.computeIfAbsent(name, unseen -> new ArrayList<>()).add(child);
      } else if (xml.isCharacters() || event == XMLStreamConstants.CDATA) {
        characters.append(xml.getText());
      }
    }
    Json.Span span = span(start);
    if (nil) {
      return new Json.Null(span);
    }
    return members.isEmpty() ? new Json.Text(characters.toString(), span) : fields(members, span);
  }

  private static Json fields(Map<String, List<Json>> members, Json.Span span) {
    Map<String, Json> each = new LinkedHashMap<>();
    members.forEach(
        (name, values) ->
            each.put(
                name,
                values.size() == 1 ? values.getFirst() : new Json.Items(values, Json.Span.NONE)));
    return new Json.Fields(each, span);
  }

  private Optional<String> instanceAttribute(String name) {
    return Optional.ofNullable(
        xml.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, name));
  }

  /** The index of the element's bracket; the parser's offset is sometimes one too large. */
  private int start() {
    return text.lastIndexOf('<', Math.min(position, text.length() - 1));
  }

  /**
   * The span from a start to the current position; empty if the parser's offsets are inconsistent.
   */
  private Json.Span span(int start) {
    int end = xml.getLocation().getCharacterOffset();
    boolean sound = start >= 0 && end > start && end <= text.length();
    return sound && text.charAt(end - 1) == '>' ? new Json.Span(start, end) : Json.Span.NONE;
  }
}
