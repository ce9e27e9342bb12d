package io.millrace.source;

import io.millrace.verify.ValueLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where in a request a value sits: {@code header}, {@code json}, {@code form} ... */
final class Locations {
  private Locations() {}

  /** Every place a section names. */
  static List<ValueLocation> read(Keys keys) {
    List<ValueLocation> locations = new ArrayList<>();
    keys.text("header").ifPresent(name -> locations.add(new ValueLocation.InHeader(name)));
    keys.text("json").ifPresent(path -> locations.add(new ValueLocation.InJson(path)));
    keys.text("form").ifPresent(name -> locations.add(new ValueLocation.InForm(name)));
    keys.text("query").ifPresent(name -> locations.add(new ValueLocation.InQuery(name)));
    return locations;
  }

  /** The one place a section names, also {@code path: true}; any other number is a fault. */
  static Optional<ValueLocation> one(Keys keys, String what) {
    List<ValueLocation> locations = read(keys);
    if (keys.flag("path").orElse(false)) {
      locations.add(new ValueLocation.InPath());
    }
    if (locations.size() != 1) {
      keys.faults()
          .add(
              keys.line(),
              what + " sits in exactly one place",
              "name one of header, json, form, query or path");
      return Optional.empty();
    }
    return Optional.of(locations.getFirst());
  }
}
