package io.millrace.normalize;

import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.mapping.DataFields;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.Expression;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.normalize.mapping.TypeTable;
import io.millrace.source.Source;
import java.util.Optional;

/**
 * Everything that determines how the deliveries of one source become events, prepared once for all
 * of its deliveries.
 *
 * @param source the source's name
 * @param firstIsSigned whether the sender signs the first element of a delivery, and no other
 */
public record EventTables(
    String source,
    EventExtraction extraction,
    Optional<Expression> recordId,
    TypeTable types,
    DataFields fields,
    FieldChecks checks,
    boolean firstIsSigned) {

  public static EventTables of(
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
