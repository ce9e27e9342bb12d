package io.millrace.audit;

/** Proves from the topics alone that nothing is lost and nothing doubled, whoever sent it. */
public interface Proof extends AutoCloseable {

  /** Reads what is new and reports everything that is known. */
  AuditReport look();

  @Override
  void close();
}
