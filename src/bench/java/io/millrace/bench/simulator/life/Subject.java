package io.millrace.bench.simulator.life;

/** What an event is about, which decides its way through the system. */
public sealed interface Subject {

  /** A business record: its events are put in order. */
  record OfRecord(String type, String id) implements Subject {
    /** Its key on events-ordered and events-late. */
    public String key() {
      return type + "/" + id;
    }
  }

  /** A person's engagement: admitted as it arrives and batched by the minute. */
  record OfPerson(String person) implements Subject {}
}
