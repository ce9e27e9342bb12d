package io.millrace.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spool.RocksLog.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

final class RocksLogTest {
  @TempDir private Path folder;

  /** A killed process loses nothing it wrote; a machine without power loses what was not synced. */
  @Test
  void syncsEveryWriteToTheDisk() throws Exception {
    RocksLog.loadLibrary();
    try (var counted = new Statistics();
        var log = RocksLog.open(folder, counted)) {
      log.put(Kind.WAITING, List.of(entry(1)));
      assertThat(syncs(counted)).isEqualTo(1);
      log.put(Kind.WAITING, List.of(entry(2), entry(3)));
      assertThat(syncs(counted)).isEqualTo(2);
      log.move(entry(2), Kind.WAITING, Kind.SET_ASIDE, 1);
      assertThat(syncs(counted)).isEqualTo(3);
      log.remove(List.of(entry(1)));
      assertThat(syncs(counted)).isEqualTo(4);
    }
  }

  private static long syncs(Statistics counted) {
    return counted.getTickerCount(TickerType.WAL_FILE_SYNCED);
  }

  private static SpoolEntry entry(long sequence) {
    return new SpoolEntry(sequence, ByteBuffer.wrap("{}".getBytes(UTF_8)));
  }
}
