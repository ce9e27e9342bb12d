/**
 * The spool: a log on the edge's own disk that acknowledges deliveries while Kafka is away, and
 * hands them to Kafka, oldest first, once it is back. For sources whose senders take any answer for
 * success, 503 included, and by choice for others.
 *
 * <p>Underneath is RocksDB, which Kafka Streams brings along anyway: a write-ahead log that is
 * synced before a write returns (F_FULLFSYNC on macOS), checksums over everything, ordered keys,
 * and ranges deleted in one step, which is all a queue needs. Looked at and left: Chronicle Queue
 * syncs only on request, and opens the JDK's internals; Tape has no checksums and no releases any
 * more; H2's MVStore does not sync on commit; SQLite would do, but does not notice a damaged page
 * and is one more native library. One thread writes whatever has come up since its last write, so
 * that one sync serves many senders.
 *
 * <p>The folder holds {@code lock}, {@code log/} (the RocksDB), and, should the log ever have been
 * damaged, {@code quarantine-TIME/}: the log as it was found, from which all that could be read was
 * taken over.
 */
@NullMarked
package io.millrace.spool;

import org.jspecify.annotations.NullMarked;
