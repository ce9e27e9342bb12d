package io.millrace.provider;

import io.millrace.verify.ValueLocation;
import io.millrace.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the location of a value in a request: {@code header}, {@code json}, {@code form} ... */
final class Locations {
  private Locations() {}

  /** All locations a section names. */
  static List<ValueLocation> read(Section section) {
    List<ValueLocation> locations = new ArrayList<>();
    section.text("header").ifPresent(name -> locations.add(new ValueLocation.InHeader(name)));
    section.text("json").ifPresent(path -> locations.add(new ValueLocation.InJson(path)));
    section.text("form").ifPresent(name -> locations.add(new ValueLocation.InForm(name)));
    section.text("query").ifPresent(name -> locations.add(new ValueLocation.InQuery(name)));
    return locations;
  }

  /**
   * The single location a section names, including {@code path: true}; any other number is a fault.
   */
  static Optional<ValueLocation> single(Section section, String what) {
    List<ValueLocation> locations = read(section);
    if (section.flag("path").orElse(false)) {
      locations.add(new ValueLocation.InPath());
    }
    if (locations.size() != 1) {
      section.fault(
          what + " needs exactly one location", "set one of header, json, form, query or path");
      return Optional.empty();
    }
    return Optional.of(locations.getFirst());
  }
}
