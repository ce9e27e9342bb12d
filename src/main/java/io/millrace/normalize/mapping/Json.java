package io.millrace.normalize.mapping;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A JSON value that remembers which bytes it came from and how its numbers were written. A custom
 * tree, because common ones do not keep {@code 1.10} and 64-bit ids exactly as the sender wrote
 * them.
 */
public sealed interface Json {

  /** The bytes of the document that hold this value; an empty span for a value made here. */
  Span span();

  /** Appends the value as JSON without white space, numbers as the sender wrote them. */
  void appendTo(StringBuilder json);

  /** A scalar as text exactly as sent, an object or array as JSON text. */
  default String text() {
    StringBuilder json = new StringBuilder();
    appendTo(json);
    return json.toString();
  }

  /** A range of bytes, the end exclusive. */
  record Span(int start, int end) {
    public static final Span NONE = new Span(0, 0);
  }

  /**
   * An object; of several members with one name the last one counts.
   *
   * @param members in the order they were written; not copied, so the caller must not modify the
   *     map afterwards
   */
  record Fields(Map<String, Json> members, Span span) implements Json {
    public Fields {
      members = Collections.unmodifiableMap(members);
    }

    @Override
    public void appendTo(StringBuilder json) {
      json.append('{');
      String separator = "";
      for (Map.Entry<String, Json> member : members.entrySet()) {
        json.append(separator);
        appendQuoted(member.getKey(), json);
        json.append(':');
        member.getValue().appendTo(json);
        separator = ",";
      }
      json.append('}');
    }
  }

  /** An array. */
  record Items(List<Json> elements, Span span) implements Json {
    public Items {
      elements = List.copyOf(elements);
    }

    @Override
    public void appendTo(StringBuilder json) {
      json.append('[');
      String separator = "";
      for (Json element : elements) {
        json.append(separator);
        element.appendTo(json);
        separator = ",";
      }
      json.append(']');
    }
  }

  /** A string. */
  record Text(String value, Span span) implements Json {
    public static Text of(String value) {
      return new Text(value, Span.NONE);
    }

    @Override
    public String text() {
      return value;
    }

    @Override
    public void appendTo(StringBuilder json) {
      appendQuoted(value, json);
    }
  }

  /** A number or a truth value, as written. */
  record Literal(String written, Span span) implements Json {
    @Override
    public String text() {
      return written;
    }

    @Override
    public void appendTo(StringBuilder json) {
      json.append(written);
    }
  }

  /** JSON's null: the sender states that there is no value. */
  record Null(Span span) implements Json {
    public static final Null VALUE = new Null(Span.NONE);

    @Override
    public void appendTo(StringBuilder json) {
      json.append("null");
    }
  }

  private static void appendQuoted(String text, StringBuilder json) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    json.append('"');
  }
}
