package io.millrace.bench.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** The format of a sender's bodies. */
enum Format {
  JSON("application/json"),
  FORM("application/x-www-form-urlencoded"),
  MULTIPART("multipart/form-data; boundary=" + Format.BOUNDARY),
  XML("text/xml; charset=UTF-8");

  private static final String BOUNDARY = "----MillraceSample7MA4YWxkTrZu0gW";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  byte[] bytes(JsonNode body, String ends) {
    String text =
        switch (this) {
          case JSON -> json(body);
          case FORM -> form(body);
          case MULTIPART -> multipart(body);
          case XML -> body.asText();
        };
    return (text + ends).getBytes(StandardCharsets.UTF_8);
  }

  private static String form(JsonNode fields) {
    StringJoiner form = new StringJoiner("&");
    fields
        .properties()
        .forEach(
            field -> form.add(encoded(field.getKey()) + "=" + encoded(value(field.getValue()))));
    return form.toString();
  }

  private static String multipart(JsonNode fields) {
    StringBuilder parts = new StringBuilder();
    fields
        .properties()
        .forEach(
            field ->
                parts
                    .append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                    .append(field.getKey())
                    .append("\"\r\n\r\n")
                    .append(value(field.getValue()))
                    .append("\r\n"));
    return parts.append("--" + BOUNDARY + "--\r\n").toString();
  }

  /** Forms have no nesting: structured values are JSON inside their field. */
  private static String value(JsonNode value) {
    return value.isContainerNode() ? json(value) : value.asText();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String json(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A JSON tree could not be written", impossible);
    }
  }
}
