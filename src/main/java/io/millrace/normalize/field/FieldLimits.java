package io.millrace.normalize.field;

import io.millrace.yaml.Section;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one entry declares about the values of a field: complete in the table of fields, possibly
 * partial in a source's mapping.
 */
public record FieldLimits(
    Optional<FieldKind> kind,
    Optional<Boolean> normalize,
    Optional<Integer> maxLength,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    List<String> oneOf,
    Optional<String> region) {

  private static final Map<String, FieldKind> KINDS =
      Arrays.stream(FieldKind.values())
          .collect(Collectors.toMap(FieldKind::word, Function.identity()));

  public FieldLimits {
    oneOf = List.copyOf(oneOf);
  }

  static FieldLimits read(Section section) {
    FieldLimits limits =
        new FieldLimits(
            section.choice("kind", KINDS),
            section.flag("normalize"),
            section.integer("maxLength", 1, Integer.MAX_VALUE),
            section.decimal("min"),
            section.decimal("max"),
            section.values("oneOf"),
            region(section));
    limits.kind.ifPresent(kind -> limits.check(kind, section));
    if (limits.min.isPresent()
        && limits.max.filter(most -> most.compareTo(limits.min.get()) < 0).isPresent()) {
      section.fault("max", "max is less than min", "raise max or lower min");
    }
    return limits;
  }

  private void check(FieldKind kind, Section section) {
    if (kind == FieldKind.ONE_OF && oneOf.isEmpty()) {
      section.fault("oneOf", "kind is oneOf and oneOf is missing", "list what the field may hold");
    }
    if (kind != FieldKind.ONE_OF && !oneOf.isEmpty()) {
      section.fault("oneOf", "oneOf has no effect unless kind is oneOf", "remove one of them");
    }
    if (!kind.isNumeric() && (min.isPresent() || max.isPresent())) {
      section.fault(
          min.isPresent() ? "min" : "max",
          "min and max have no effect unless kind is number or integer",
          "remove them");
    }
    if (kind != FieldKind.PHONE && region.isPresent()) {
      section.fault("region", "region has no effect unless kind is phone", "remove it");
    }
  }

  /** The country of telephone numbers, of an entry or of a whole source. */
  public static Optional<String> region(Section section) {
    Optional<String> region = section.text("region");
    if (region.filter(code -> !PhoneNumbers.isRegion(code)).isPresent()) {
      section.fault(
          "region",
          "region: " + region.get() + " is not a country",
          "write its ISO 3166 code, such as DE");
    }
    return region;
  }

  boolean isEmpty() {
    return equals(
        new FieldLimits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty()));
  }

  /** The resulting format; a different kind replaces the base format completely. */
  FieldFormat over(FieldFormat base) {
    FieldFormat kept = kind.filter(other -> other != base.kind()).map(FieldFormat::of).orElse(base);
    return new FieldFormat(
        kept.kind(),
        normalize.orElse(kept.normalized()),
        maxLength.isPresent() ? OptionalInt.of(maxLength.get()) : kept.maxLength(),
        min.or(kept::min),
        max.or(kept::max),
        oneOf.isEmpty() ? kept.oneOf() : oneOf,
        region.or(kept::region));
  }
}
