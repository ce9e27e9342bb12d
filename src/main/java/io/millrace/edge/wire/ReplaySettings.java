package io.millrace.edge.wire;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import java.time.Duration;

/** How many deliveries without a signed time are remembered, and for how long. */
public record ReplaySettings(
    @Key("edge.replay.capacity")
        @Default("100000")
        @Range(from = "1", to = "10000000")
        @Says(
            "Number of signed texts that are remembered to detect replays, and of those whose id or"
                + " type nobody signed; about 200 bytes each.")
        int capacity,
    @Key("edge.replay.lifetime")
        @Default("P30D")
        @Range(from = "PT1M", to = "P365D")
        @Says("How long each of them is remembered, in this process only.")
        Duration lifetime) {}
