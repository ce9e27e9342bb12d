package io.millrace.source;

import io.millrace.field.FieldFormat;
import io.millrace.field.FieldKind;
import io.millrace.field.PhoneNumbers;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What one line of a table says about the values of a field, as far as it says anything: all of it
 * in the table of fields, a part in a source's mapping.
 */
record FieldLimits(
    Optional<FieldKind> kind,
    Optional<Boolean> normalize,
    OptionalInt maxLength,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    List<String> oneOf,
    Optional<String> region) {

  FieldLimits {
    oneOf = List.copyOf(oneOf);
  }

  static FieldLimits read(Section section) {
    FieldLimits limits =
        new FieldLimits(
            kind(section),
            section.optionalTruth("normalize"),
            section.length("maxLength"),
            section.decimal("min"),
            section.decimal("max"),
            section.texts("oneOf"),
            region(section));
    limits.kind.ifPresent(kind -> limits.check(kind, section));
    if (limits.min.isPresent()
        && limits.max.filter(most -> most.compareTo(limits.min.get()) < 0).isPresent()) {
      section.fault("max", "is less than min");
    }
    return limits;
  }

  private void check(FieldKind kind, Section section) {
    if (kind == FieldKind.ONE_OF && oneOf.isEmpty()) {
      section.fault("oneOf", "is missing although kind is oneOf");
    }
    if (kind != FieldKind.ONE_OF && !oneOf.isEmpty()) {
      section.fault("oneOf", "has no effect unless kind is oneOf");
    }
    if (!kind.isNumeric() && (min.isPresent() || max.isPresent())) {
      section.fault("min", "and max have no effect unless kind is number or integer");
    }
    if (kind != FieldKind.PHONE && region.isPresent()) {
      section.fault("region", "has no effect unless kind is phone");
    }
  }

  private static Optional<FieldKind> kind(Section section) {
    Optional<String> word = section.text("kind");
    Optional<FieldKind> kind = word.flatMap(FieldKind::of);
    if (word.isPresent() && kind.isEmpty()) {
      String words =
          Arrays.stream(FieldKind.values()).map(FieldKind::word).collect(Collectors.joining(", "));
      section.fault("kind", "is '" + word.get() + "'; it is one of " + words);
    }
    return kind;
  }

  /** The country of telephone numbers, of a line or of a whole source. */
  static Optional<String> region(Section section) {
    Optional<String> region = section.text("region");
    if (region.filter(code -> !PhoneNumbers.isRegion(code)).isPresent()) {
      section.fault(
          "region", "is '" + region.get() + "'; it is the ISO 3166 code of a country, such as DE");
    }
    return region;
  }

  boolean isEmpty() {
    return equals(
        new FieldLimits(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty()));
  }

  /** The format that results; another kind leaves nothing of the format it is said over. */
  FieldFormat over(FieldFormat base) {
    FieldFormat kept = kind.filter(other -> other != base.kind()).map(FieldFormat::of).orElse(base);
    return new FieldFormat(
        kept.kind(),
        normalize.orElse(kept.normalized()),
        maxLength.isPresent() ? maxLength : kept.maxLength(),
        min.or(kept::min),
        max.or(kept::max),
        oneOf.isEmpty() ? kept.oneOf() : oneOf,
        region.or(kept::region));
  }
}
