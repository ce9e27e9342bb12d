package io.millrace.audit;

/** Proves from the topics alone that nothing is lost or doubled. */
public interface Proof extends AutoCloseable {

  /** Reads new records and reports everything known so far. */
  AuditReport look();

  @Override
  void close();
}
