package io.millrace.normalize.mapping;

import io.millrace.normalize.field.AtLeastOneRule;
import io.millrace.normalize.field.FieldLimits;
import io.millrace.yaml.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one connected source differs from its provider's catalogue entry: the {@code mapping:}
 * section of its file.
 *
 * @param fields the mapping table
 * @param types rows that come before the provider's table of types
 * @param recordId another identity for the records of rows that name none of their own
 * @param person where its events name people, in addition to the provider's entry
 * @param account where its events name accounts, in addition to the provider's entry
 * @param region the country of telephone numbers that name none
 * @param atLeastOne requirements that take precedence over those of the table of fields
 */
public record Mapping(
    List<FieldMapping> fields,
    List<TypeRule> types,
    Optional<IdRule> recordId,
    Optional<PersonRule> person,
    Optional<AccountRule> account,
    Optional<String> region,
    List<AtLeastOneRule> atLeastOne) {
  private static final Mapping NONE =
      new Mapping(
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public Mapping {
    fields = List.copyOf(fields);
    types = List.copyOf(types);
    atLeastOne = List.copyOf(atLeastOne);
  }

  /** A source that does not differ from its provider's entry. */
  public static Mapping none() {
    return NONE;
  }

  /** Reads the {@code mapping} section of a source's file. */
  public static Mapping read(Section section) {
    List<Section> lines = section.oneOrMore("fields");
    List<FieldMapping> fields = lines.stream().map(FieldMapping::read).toList();
    Set<String> from = new HashSet<>();
    for (int line = 0; line < fields.size(); line++) {
      String name = fields.get(line).from();
      if (!from.add(name)) {
        lines.get(line).fault("from", name + " is mapped twice", "keep one of the lines");
      }
    }
    return new Mapping(
        fields,
        section.oneOrMore("types").stream().map(TypeRule::read).toList(),
        IdRule.read(section, "recordId"),
        section.section("person").map(PersonRule::read),
        section.section("account").map(AccountRule::read),
        FieldLimits.region(section),
        section.oneOrMore(AtLeastOneRule.KIND).stream().map(AtLeastOneRule::read).toList());
  }

  /** Canonical names by the sender's, of the fields that are members of the data. */
  Map<String, String> names() {
    return fields.stream()
        .filter(field -> field.path().isEmpty())
        .collect(Collectors.toMap(FieldMapping::from, FieldMapping::to, (first, second) -> first));
  }
}
