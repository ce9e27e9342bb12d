package io.millrace.bench.simulator.life;

/** What an event is about, which decides its way through the system. */
public sealed interface Subject {

  /**
   * A business record: its events are put in order.
   *
   * @param id as its sender writes it
   * @param system the system that gave the id
   */
  record OfRecord(String type, String id, String system) implements Subject {
    /** Its id in topics. */
    public String recordId() {
      return system + ":" + id;
    }

    /** Its key on events-ordered and events-late. */
    public String key() {
      return type + "/" + recordId();
    }
  }

  /** A person's engagement: admitted as it arrives and batched by the minute. */
  record OfPerson(String person) implements Subject {}
}
