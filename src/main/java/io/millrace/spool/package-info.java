/**
 * The spool: a log on the edge's own disk that stores deliveries while Kafka is unavailable, and
 * passes them to Kafka, oldest first, once it is back. It is used for sources whose senders treat
 * any answer as success, including 503, and optionally for others.
 *
 * <p>It uses RocksDB, which Kafka Streams includes anyway: a write-ahead log that is synced before
 * a write returns (F_FULLFSYNC on macOS), checksums over everything, ordered keys, and ranges
 * deleted in one step, which is all a queue needs. Alternatives considered: Chronicle Queue syncs
 * only on request, and opens the JDK's internals; Tape has no checksums and is no longer released;
 * H2's MVStore does not sync on commit; SQLite would work, but does not detect a damaged page and
 * is one more native library. One thread writes everything that has arrived since its last write,
 * so that one sync serves many senders.
 *
 * <p>The folder contains {@code lock}, {@code log/} (the RocksDB), and, if the log was ever
 * damaged, {@code quarantine-TIME/}: the damaged log, from which everything readable was recovered.
 */
@NullMarked
package io.millrace.spool;

import org.jspecify.annotations.NullMarked;
