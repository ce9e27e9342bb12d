package io.millrace.spool;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import io.millrace.config.setting.Size;
import java.nio.file.Path;
import java.time.Duration;

/** The location and limits of the spool. */
public record SpoolSettings(
    @Key("edge.spool.directory")
        @Default("data/spool")
        @Says(
            "Folder for deliveries that wait for Kafka, from sources with spool: true. Each edge"
                + " needs its own, on a persistent disk. Created when needed.")
        Path directory,
    @Key("edge.spool.limit")
        @Default("1 GB")
        @Size(from = "1 MB", to = "1024 GB")
        @Says(
            "Capacity of the spool; when it is full, deliveries are answered with 503. It may"
                + " use twice that on disk.")
        long limitBytes,
    @Key("edge.spool.patience")
        @Default("PT1S")
        @Range(from = "PT0.01S", to = "PT1M")
        @Says(
            "How long Kafka may take to acknowledge a delivery before it is also spooled; less"
                + " than edge.append.timeout.")
        Duration patience) {}
