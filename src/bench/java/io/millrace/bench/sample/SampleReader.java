package io.millrace.bench.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.Section;
import io.millrace.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the templates of one provider.
 *
 * <pre>
 * provider: hubspot          # the name of the file
 * like: segment              # optional: starts from another file and overrides the keys given here
 * format: json               # or form, multipart, xml (with bodies as strings)
 * headers: {Name: text}
 * largest: 10                # maximum number of events per request
 * delivery: ["{{elements}}"] # template that contains the events; default: the event is the body
 * ends: "\r\n"               # text after the body
 * events:
 *   - becomes: contact.created
 *     first: true            # opens a person's story
 *     headers: {Name: text}
 *     body: {...}
 * </pre>
 */
final class SampleReader {
  private final Section file;
  private final Optional<Section> base;

  private SampleReader(Section file, Optional<Section> base) {
    this.file = file;
    this.base = base;
  }

  /**
   * The templates of a provider, if it has a file.
   *
   * @throws InvalidFileException with every fault of the file
   */
  static Optional<SampleBook> read(String name) {
    return text(name).map(text -> YamlFile.read(path(name), text, file -> book(name, file)));
  }

  static SampleBook book(String name, Section file) {
    file.requiredText("provider", name)
        .filter(provider -> !provider.equals(name))
        .ifPresent(
            other -> file.fault("provider", "it belongs to " + other, "rename the file after it"));
    Optional<String> like = file.text("like");
    Optional<String> text = like.flatMap(SampleReader::text);
    if (like.isPresent() && text.isEmpty()) {
      file.fault("like", "there is no " + path(like.get()), "name a provider that has samples");
    }
    return text.map(
            found ->
                YamlFile.read(
                    path(like.orElseThrow()),
                    found,
                    base -> {
                      // It is checked when it is read as its own file.
                      base.skipRest();
                      return new SampleReader(file, Optional.of(base)).book(name);
                    }))
        .orElseGet(() -> new SampleReader(file, Optional.empty()).book(name));
  }

  private SampleBook book(String name) {
    List<EventTemplate> events =
        with("events").sections("events").stream().map(SampleReader::event).toList();
    if (events.isEmpty()) {
      file.fault("events", "it has no events", "add one, with becomes and body");
    }
    return new SampleBook(
        name,
        with("format").choice("format", Format.class).orElse(Format.JSON),
        with("headers").textsByName("headers"),
        with("delivery").tree("delivery").orElse(TextNode.valueOf(Template.ELEMENTS)),
        with("ends").verbatim("ends").orElse(""),
        with("largest").integer("largest", 1, 1_000_000).orElse(1),
        events);
  }

  /** The section that contains a key: the file itself before the one it starts from. */
  private Section with(String key) {
    return file.has(key) ? file : base.orElse(file);
  }

  private static EventTemplate event(Section event) {
    return new EventTemplate(
        event.requiredText("becomes", "lead.created").orElse(""),
        event.flag("first").orElse(false),
        event.textsByName("headers"),
        event.require("body", "{...}").tree("body").orElse(MissingNode.getInstance()));
  }

  private static Optional<String> text(String name) {
    try (@Nullable InputStream file = SampleReader.class.getResourceAsStream("/" + path(name))) {
      return file == null ? Optional.empty() : Optional.of(new String(file.readAllBytes(), UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The samples of " + name + " cannot be read", unreadable);
    }
  }

  private static String path(String name) {
    return "simulator/" + name + ".yaml";
  }
}
