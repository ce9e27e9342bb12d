package io.millrace.normalize;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.model.RecordTypes;

/**
 * Separates the records of a source from those of other sources, which may count from 1 like it.
 * People are known by what is the same everywhere, such as their e-mail address.
 */
record OwnRecords(String source) {
  Normalized separated(Normalized normalized) {
    switch (normalized) {
      case Normalized.Event made -> separate(made.event());
      case Normalized.Refused refused ->
          refused
              .deadLetter()
              .getRecord()
              .filter(OwnRecords::isOwn)
              .ifPresent(new KeyPrefix(source)::prefix);
      case Normalized.Nothing nothing -> {}
    }
    return normalized;
  }

  private void separate(Event event) {
    if (isOwn(event.getRecord())) {
      new KeyPrefix(source).prefixRecord(event);
    }
  }

  private static boolean isOwn(RecordRef record) {
    return !record.getType().equals(RecordTypes.PERSON);
  }
}
