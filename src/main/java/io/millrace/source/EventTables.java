package io.millrace.source;

import java.util.Optional;

/**
 * All that says how the deliveries of one source become events, looked up and joined once: a source
 * has millions of deliveries.
 *
 * @param source the source's name
 * @param firstIsSigned whether the sender signs the first element of a delivery, and no other
 */
record EventTables(
    String source,
    EventExtraction extraction,
    Optional<Expression> recordId,
    TypeTable types,
    DataFields fields,
    FieldChecks checks,
    boolean firstIsSigned) {

  static EventTables of(
      String source,
      EventExtraction extraction,
      Mapping mapping,
      FieldRules table,
      boolean firstIsSigned) {
    return new EventTables(
        source,
        extraction,
        mapping.recordId(),
        TypeTable.of(extraction, mapping),
        DataFields.of(extraction, mapping),
        FieldChecks.of(table, mapping),
        firstIsSigned);
  }

  static EventTables of(Source source, FieldRules table) {
    return of(
        source.name(),
        source.provider().events(),
        source.mapping(),
        table,
        source.provider().verification().signsFirstElementOnly());
  }
}
