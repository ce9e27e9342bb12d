package io.millrace.normalize.field;

import io.millrace.model.Glob;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of the table of fields.
 *
 * @param field the canonical field
 * @param records record types it applies to; every type when empty
 * @param on event types it applies to; every type when empty
 * @param owner the responsible person or team, for information
 * @param bad what happens to an event whose value does not have this format
 */
public record FieldRule(
    String field,
    Set<String> records,
    List<Glob> on,
    FieldFormat format,
    Optional<String> owner,
    FieldPolicy bad) {
  private static final List<FieldPolicy> POLICIES =
      List.of(FieldPolicy.REFUSE, FieldPolicy.NULL, FieldPolicy.OMIT, FieldPolicy.KEEP);

  public FieldRule {
    records = Set.copyOf(records);
    on = List.copyOf(on);
  }

  boolean isFor(String recordType, String eventType) {
    return (records.isEmpty() || records.contains(recordType))
        && (on.isEmpty() || on.stream().anyMatch(glob -> glob.matches(eventType)));
  }

  public FieldRule withRegion(Optional<String> region) {
    return new FieldRule(field, records, on, format.withRegion(region), owner, bad);
  }

  static FieldRule read(Section section) {
    String field = section.requiredText("field", "email").orElse("");
    FieldLimits limits = FieldLimits.read(section.require("kind", "text").require("bad", "keep"));
    return new FieldRule(
        field,
        Set.copyOf(section.texts("records")),
        section.parsedTexts("on", Glob::of),
        limits.over(FieldFormat.of(limits.kind().orElse(FieldKind.TEXT))),
        section.requiredText("owner", "sales operations"),
        FieldPolicy.read(section, POLICIES).orElse(FieldPolicy.KEEP));
  }

  /** Reads how a source's mapping changes the rule of a field; empty when it does not. */
  public static Optional<Adjustment> readAdjustment(Section section) {
    FieldLimits limits = FieldLimits.read(section);
    Optional<FieldPolicy> bad = FieldPolicy.read(section, POLICIES);
    return limits.isEmpty() && bad.isEmpty()
        ? Optional.empty()
        : Optional.of(new Adjustment(limits, bad));
  }

  /** How a source changes the rule of a field. */
  public record Adjustment(FieldLimits limits, Optional<FieldPolicy> bad) {

    /** The resulting rule; without a rule in the table the field is any text. */
    public FieldRule over(String field, Optional<FieldRule> base) {
      FieldFormat format =
          base.map(FieldRule::format).orElseGet(() -> FieldFormat.of(impliedKind()));
      return new FieldRule(
          field,
          Set.of(),
          List.of(),
          limits.over(format),
          base.flatMap(FieldRule::owner),
          bad.or(() -> base.map(FieldRule::bad)).orElse(FieldPolicy.KEEP));
    }

    private FieldKind impliedKind() {
      return limits.region().isPresent() ? FieldKind.PHONE : FieldKind.TEXT;
    }
  }
}
