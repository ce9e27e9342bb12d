package io.millrace.source;

import io.millrace.event.AccountIdentity;
import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what a staging source says apart from production: every key that events are gathered under
 * begins with the source's name, so that a test never changes a record, a person or an account that
 * is real, and every event is tagged.
 */
record Staging(String source) {
  static final String TAG = "staging";

  Normalized apart(Normalized normalized) {
    return switch (normalized) {
      case Normalized.Event event -> new Normalized.Event(apart(event.event()));
      case Normalized.Refused refused -> new Normalized.Refused(apart(refused.deadLetter()));
    };
  }

  private Event apart(Event event) {
    List<String> tags = new ArrayList<>(event.getMetadata().getTags());
    tags.add(TAG);
    return Event.newBuilder(event)
        .setRecord(apart(event.getRecord()))
        .setPerson(event.getPerson().map(this::apart).orElse(null))
        .setAccount(event.getAccount().map(this::apart).orElse(null))
        .setMetadata(EventMetadata.newBuilder(event.getMetadata()).setTags(tags).build())
        .build();
  }

  private DeadLetter apart(DeadLetter letter) {
    return DeadLetter.newBuilder(letter)
        .setRecord(letter.getRecord().map(this::apart).orElse(null))
        .build();
  }

  private RecordRef apart(RecordRef record) {
    return RecordRef.newBuilder(record).setId(apart(record.getId())).build();
  }

  private PersonIdentity apart(PersonIdentity person) {
    return PersonIdentity.newBuilder(person).setKey(apart(person.getKey())).build();
  }

  private AccountIdentity apart(AccountIdentity account) {
    return AccountIdentity.newBuilder(account).setKey(apart(account.getKey())).build();
  }

  private String apart(String key) {
    return source + ":" + key;
  }
}
