package io.millrace.normalize;

import io.millrace.model.Assurance;
import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.mapping.DataFields;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.Expression;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.normalize.mapping.TypeTable;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that determines how the deliveries of one source become events, prepared once for all
 * of its deliveries.
 *
 * @param source the source's name
 * @param proof what the sender's proof covers
 */
public record EventTables(
    String source,
    EventExtraction extraction,
    Optional<Expression> recordId,
    TypeTable types,
    DataFields fields,
    FieldChecks checks,
    Proof proof) {

  /**
   * What a sender's proof covers of an event.
   *
   * @param firstIsSigned whether the sender signs the first element of a delivery, and no other
   * @param unsignedTypeHeaders headers that name types, in lower case, next to a signed body
   * @param required the least an event has to prove, if the source requires something
   */
  record Proof(
      boolean firstIsSigned, Set<String> unsignedTypeHeaders, Optional<Assurance> required) {
    static final Proof OF_ALL = new Proof(false, Set.of(), Optional.empty());

    static Proof of(Source source) {
      Provider provider = source.provider();
      return new Proof(
          provider.verification().signsFirstElementOnly(),
          provider.unsignedTypeHeaders(),
          source.requiredAssurance());
    }
  }

  public static EventTables of(
      String source, EventExtraction extraction, Mapping mapping, FieldRules table) {
    return of(source, extraction, mapping, table, Proof.OF_ALL);
  }

  private static EventTables of(
      String source, EventExtraction extraction, Mapping mapping, FieldRules table, Proof proof) {
    return new EventTables(
        source,
        extraction,
        mapping.recordId(),
        TypeTable.of(extraction, mapping),
        DataFields.of(extraction, mapping),
        FieldChecks.of(table, mapping),
        proof);
  }

  static EventTables of(Source source, FieldRules table) {
    return of(source.name(), source.provider().events(), source.mapping(), table, Proof.of(source));
  }
}
