package io.millrace.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redacts the fields of a multipart form; of an attached file only the length is kept. */
record MultipartRedaction(ValueRedaction values) {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("[;\\s]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME =
      Pattern.compile("(filename\\*?=)(\"[^\"]*\"|[^;\\s]+)", Pattern.CASE_INSENSITIVE);

  /** Redacts a body; empty if it does not match its content type. */
  Optional<String> redact(String body, String contentType) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return Optional.empty();
    }
    String delimiter =
        "--" + Optional.ofNullable(boundary.group(1)).orElseGet(() -> boundary.group(2));
    if (!body.contains(delimiter)) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (String part : body.split(Pattern.quote(delimiter), -1)) {
      parts.add(part(part));
    }
    return Optional.of(String.join(delimiter, parts));
  }

  private String part(String part) {
    int blank = part.indexOf("\r\n\r\n");
    if (blank < 0 || !part.endsWith("\r\n")) {
      return part;
    }
    String head = part.substring(0, blank);
    String value = part.substring(blank + 4, Math.max(blank + 4, part.length() - 2));
    Matcher file = FILE_NAME.matcher(head);
    if (file.find()) {
      return file.replaceAll("$1\"file\"") + "\r\n\r\n" + "x".repeat(value.length()) + "\r\n";
    }
    Matcher named = NAME.matcher(head);
    String name = named.find() ? named.group(1) : "";
    return head
        + "\r\n\r\n"
        + JsonRedaction.text(value, PersonalFields.kind(name, ""), values)
        + "\r\n";
  }
}
