package io.millrace.spool;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import io.millrace.config.setting.Size;
import java.nio.file.Path;
import java.time.Duration;

/** Where the spool lies and how much it takes. */
public record SpoolSettings(
    @Key("edge.spool.directory")
        @Default("data/spool")
        @Says(
            "Folder for deliveries that wait for Kafka, of sources that say spool: true; each edge"
                + " needs its own, on a disk that outlives it. Made when needed.")
        Path directory,
    @Key("edge.spool.limit")
        @Default("1 GB")
        @Size(from = "1 MB", to = "1024 GB")
        @Says(
            "How much may wait in the spool; then deliveries are answered 503. It may take twice"
                + " that on disk.")
        long limitBytes,
    @Key("edge.spool.patience")
        @Default("PT1S")
        @Range(from = "PT0.01S", to = "PT1M")
        @Says(
            "How long Kafka may take to acknowledge a delivery before it is spooled too; less than"
                + " edge.append.timeout.")
        Duration patience) {}
